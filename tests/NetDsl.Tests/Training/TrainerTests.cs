using NetDsl.Runtime;
using NetDsl.Runtime.Checkpoints;
using NetDsl.Solvers;
using NetDsl.Tests.Checkpoints;
using NetDsl.Tests.Runtime;
using NetDsl.Training;

namespace NetDsl.Tests.Training;

public sealed class TrainerTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Device device = Device.Cpu(threads: 1);
    readonly Regression network;

    public TrainerTests()
    {
        network = new Regression(device, batch: 16);
        network.Initialize(seed: 3);
    }

    public void Dispose()
    {
        network.Dispose();
        device.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void It_learns_evaluates_and_tells_when_it_is_due()
    {
        var log = new List<string>();
        using var run = RunFolder.Open(folder.Path);
        var trainer = new Trainer(network, FaultProbe.Recipe(25) with { Display = 5 }, new RegressionSource(100), new RegressionSource(30), run);
        trainer.Displayed += step => log.Add($"display {step.Iteration}");
        trainer.Evaluated += (iteration, evaluation) => log.Add($"evaluate {iteration} {evaluation.Samples}");
        trainer.SnapshotSaved += file => log.Add(Path.GetFileName(file));
        var before = Evaluation.Run(network, new RegressionSource(30))["loss"];
        var outcome = trainer.Run();

        Assert.Equal(
            [
                "display 5", "snapshot-00000007.safetensors", "display 10", "evaluate 10 30", "snapshot-00000014.safetensors", "display 15",
                "display 20", "evaluate 20 30", "snapshot-00000021.safetensors", "display 25", "evaluate 25 30", "snapshot-00000025.safetensors",
            ],
            log);
        Assert.Equal(3, RunFolder.Snapshots(folder.Path).Count);
        Assert.False(outcome.Stopped);
        Assert.Equal(25, outcome.Iteration);
        Assert.True(outcome.Best!.Value < before, $"{outcome.Best} is no better than {before}");
    }

    [Fact]
    public void The_best_weights_are_those_of_the_best_evaluation()
    {
        using var run = RunFolder.Open(folder.Path);
        var trainer = new Trainer(network, FaultProbe.Recipe(100) with { Solver = new Sgd { LearningRate = 0.4 } }, new RegressionSource(100), new RegressionSource(30), run);
        var losses = new List<double>();
        trainer.Evaluated += (_, evaluation) => losses.Add(evaluation["loss"]);
        var outcome = trainer.Run();

        Assert.Equal(losses.Min(), outcome.Best!.Value);
        network.Load(run.Best);
        Assert.Equal(losses.Min(), Evaluation.Run(network, new RegressionSource(30))["loss"]);
    }

    /// <summary>30 samples in batches of 16 are one whole and one partial batch.</summary>
    [Fact]
    public void An_evaluation_is_the_mean_over_every_sample_once()
    {
        var source = new RegressionSource(30) { Position = 17 };
        var evaluation = Evaluation.Run(network, source);
        Assert.Equal(0, source.Position);

        var sum = 0.0;
        for (var sample = 0; sample < 30; sample++)
        {
            var prediction = network.Parameters["dense1.bias"].Data[0];
            for (var i = 0; i < Regression.Features; i++)
            {
                prediction += network.Parameters["dense1.weight"].Data[i] * RegressionData.Features(30)[(sample * Regression.Features) + i];
            }

            sum += Math.Pow(prediction - RegressionData.Targets(30)[sample], 2) / 2;
        }

        Assert.Equal(30, evaluation.Samples);
        Assert.Equal(sum / 30, evaluation["loss"], 1e-4);
        Assert.Contains("loss", Assert.Throws<ArgumentException>(() => evaluation["accuracy"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accumulating_two_batches_is_a_step_of_their_mean()
    {
        var recipe = FaultProbe.Recipe(3) with { TestInterval = 0, SnapshotInterval = 0 };
        using var wide = new Regression(device, batch: 32);
        wide.Initialize(seed: 3);
        var wideLoss = Loss(new Trainer(wide, recipe, new RegressionSource(100)));
        var loss = Loss(new Trainer(network, recipe with { Accumulate = 2 }, new RegressionSource(100)));
        Assert.Equal(wideLoss, loss, 1e-5f);
        Assert.Equal(wide.Parameters["dense1.weight"].Data[7], network.Parameters["dense1.weight"].Data[7], 1e-5f);

        static float Loss(Trainer trainer)
        {
            var loss = 0f;
            trainer.Stepped += step => loss = step.Loss;
            trainer.Run();
            return loss;
        }
    }

    [Fact]
    public void Epochs_are_counted_in_whole_updates()
    {
        var trainer = new Trainer(network, FaultProbe.Recipe(1) with { Accumulate = 2 }, new RegressionSource(100));
        Assert.Equal(4, trainer.IterationsOf(epochs: 1));
        Assert.Equal(10, trainer.IterationsOf(epochs: 3));
    }

    [Fact]
    public void The_smoothed_loss_is_the_mean_of_the_latest()
    {
        var losses = new List<float>();
        var trainer = new Trainer(network, FaultProbe.Recipe(9) with { AverageLoss = 4 }, new RegressionSource(100));
        trainer.Stepped += step =>
        {
            losses.Add(step.Loss);
            Assert.Equal(losses.TakeLast(4).Average(), step.SmoothedLoss, 1e-5f);
        };
        trainer.Run();
        Assert.Equal(9, losses.Count);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_value_that_is_no_number_stops_the_run_before_the_update(float value)
    {
        using var run = RunFolder.Open(folder.Path);
        var source = new RegressionSource(100) { Poison = (16 * 9 + 3, value) };
        var trainer = new Trainer(network, FaultProbe.Recipe(30), source, heldOut: null, run);
        float[] before = [];
        trainer.Stepped += _ => before = network.Parameters["dense1.weight"].Data.ToArray();
        var error = Assert.Throws<NonFiniteException>(trainer.Run);

        Assert.Equal(9, error.Step);
        Assert.Equal("x", error.Layer);
        Assert.Equal(before, network.Parameters["dense1.weight"].Data.ToArray());
        Assert.Equal(["snapshot-00000007.safetensors"], RunFolder.Snapshots(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Parameters_that_are_no_numbers_are_never_saved()
    {
        using var run = RunFolder.Open(folder.Path);
        var trainer = new Trainer(network, FaultProbe.Recipe(30), new RegressionSource(100), heldOut: null, run);
        trainer.Stepped += step => network.Parameters["dense1.weight"].Data[5] = step.Iteration == 7 ? float.NaN : 0;
        trainer.SnapshotFailed += _ => Assert.Fail("a NaN is no trouble with the disk: training must not go on");
        var error = Assert.Throws<CheckpointException>(trainer.Run);
        Assert.Equal("dense1.weight", error.Tensor);
        Assert.Empty(RunFolder.Snapshots(folder.Path));
    }

    [Fact]
    public void A_fault_of_the_data_ends_the_run_as_it_is()
    {
        var source = new RegressionSource(100) { Reading = () => throw new InvalidDataException("sample 12 is damaged") };
        Assert.Equal("sample 12 is damaged", Assert.Throws<InvalidDataException>(new Trainer(network, FaultProbe.Recipe(3), source).Run).Message);
    }

    [Fact]
    public void Data_of_another_shape_is_refused_at_the_start()
    {
        var source = new RegressionSource(100) { Fields = [new("x", [3], IsLabels: false), new("t", [], IsLabels: true)] };
        var error = Assert.Throws<ArgumentException>(() => new Trainer(network, FaultProbe.Recipe(3), source));
        Assert.Contains("takes x [40], but numbers has x [3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_without_labels_is_refused_at_the_start()
    {
        var source = new RegressionSource(100) { Fields = [new("x", [Regression.Features], IsLabels: false)] };
        var error = Assert.Throws<ArgumentException>(() => new Trainer(network, FaultProbe.Recipe(3), source));
        Assert.Contains("takes labels for 't'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_with_other_names_are_taken_in_order()
    {
        var source = new RegressionSource(100) { Fields = [new("image", [Regression.Features], IsLabels: false), new("class", [], IsLabels: true)] };
        Assert.Equal(2, new Trainer(network, FaultProbe.Recipe(2), source).Run().Iteration);
    }

    [Fact]
    public void An_iteration_allocates_nothing()
    {
        var trainer = new Trainer(network, FaultProbe.Recipe(300) with { TestInterval = 0, SnapshotInterval = 0 }, new RegressionSource(100));
        var allocated = new long[3];
        trainer.Stepped += step => allocated[(step.Iteration - 1) / 100] = GC.GetAllocatedBytesForCurrentThread();
        trainer.Run();

        // Of two hundreds one: another test's garbage collection may cut this thread's allocation buffer while it is measured.
        Assert.Contains(0, new[] { allocated[1] - allocated[0], allocated[2] - allocated[1] });
    }
}
