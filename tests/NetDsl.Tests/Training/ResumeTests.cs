using NetDsl.Runtime;
using NetDsl.Runtime.Checkpoints;
using NetDsl.Solvers;
using NetDsl.Tests.Checkpoints;
using NetDsl.Tests.Runtime;
using NetDsl.Training;

namespace NetDsl.Tests.Training;

/// <summary>Resumed runs, and runs that must not be resumed.</summary>
public sealed class ResumeTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Device device = Device.Cpu(threads: 2);

    public void Dispose()
    {
        device.Dispose();
        folder.Dispose();
    }

    public static TheoryData<Solver> Solvers =>
        [new Sgd { LearningRate = LearningRatePolicy.Step(0.05, 0.5, 4), Momentum = 0.9, WeightDecay = 1e-3 }, new Nesterov(), new AdaGrad(), new RmsProp(), new AdaDelta { LearningRate = 1 }, new Adam { LearningRate = 0.001 }];

    [Theory]
    [MemberData(nameof(Solvers))]
    public void A_resumed_run_equals_an_uninterrupted_one_bit_for_bit(Solver solver)
    {
        var recipe = FaultProbe.Recipe(23) with { Solver = solver, Accumulate = 2, AverageLoss = 5 };
        var whole = Train(recipe, "whole", stopAt: int.MaxValue);

        Train(recipe, "parts", stopAt: 5);
        Train(recipe, "parts", stopAt: 6, resume: true);
        Train(recipe, "parts", stopAt: 17, resume: true);
        var parts = Train(recipe, "parts", stopAt: int.MaxValue, resume: true);

        Assert.Equal(23, parts.Outcome.Iteration);
        Assert.Equal(whole.Parameters, parts.Parameters);
        Assert.Equal(whole.Histories, parts.Histories);
        Assert.Equal(whole.SmoothedLoss, parts.SmoothedLoss);
        Assert.Equal(whole.Outcome.Best, parts.Outcome.Best);
        Assert.Equal(whole.Outcome.Latest!.Scores, parts.Outcome.Latest!.Scores);
        Assert.Equal(File.ReadAllBytes(whole.Outcome.Snapshot!), File.ReadAllBytes(parts.Outcome.Snapshot!));
    }

    [Fact]
    public void A_run_that_is_killed_again_and_again_ends_with_the_same_bits()
    {
        using (var whole = ProbeProcess.Start("train", folder.File("whole"), "60"))
        {
            whole.WaitForEnd();
        }

        using (var first = ProbeProcess.Start("train", folder.File("killed"), "60"))
        {
            first.WaitFor("iteration 17");
            first.Kill();
        }

        using (var second = ProbeProcess.Start("train", folder.File("killed"), "60", FaultProbe.Resume))
        {
            second.WaitFor("iteration 40");
            second.Kill();
        }

        using var last = ProbeProcess.Start("train", folder.File("killed"), "60", FaultProbe.Resume);
        last.WaitForEnd();
        Assert.Contains("finished 60", last.Lines);
        foreach (var file in new[] { "snapshot-00000060.safetensors", "best.safetensors" })
        {
            Assert.Equal(File.ReadAllBytes(folder.File($"whole/{file}")), File.ReadAllBytes(folder.File($"killed/{file}")));
        }
    }

    [Fact]
    public void An_earlier_snapshot_can_be_resumed_and_writes_the_later_ones_again()
    {
        var recipe = FaultProbe.Recipe(20);
        var whole = Train(recipe, "run", stopAt: int.MaxValue);
        var files = RunFolder.Snapshots(folder.File("run"));
        Assert.Equal(["snapshot-00000007.safetensors", "snapshot-00000014.safetensors", "snapshot-00000020.safetensors"], files.Select(Path.GetFileName));
        var again = Train(recipe, "run", stopAt: int.MaxValue, resume: true, from: files[0]);
        Assert.Equal(whole.Parameters, again.Parameters);
        Assert.Equal(files, RunFolder.Snapshots(folder.File("run")));
    }

    [Fact]
    public void A_new_run_does_not_touch_the_folder_of_another()
    {
        Train(FaultProbe.Recipe(7), "run", stopAt: int.MaxValue);
        var error = Assert.Throws<CheckpointException>(() => Train(FaultProbe.Recipe(3), "run", stopAt: int.MaxValue));
        Assert.Contains("snapshot-00000007", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<Recipe, Recipe>> OtherRecipes => new()
    {
        { "solver", recipe => recipe with { Solver = new Nesterov { LearningRate = 0.05 } } },
        { "momentum", recipe => recipe with { Solver = (Sgd)recipe.Solver with { Momentum = 0.95 } } },
        { "learning rate", recipe => recipe with { Solver = recipe.Solver with { LearningRate = 0.05 } } },
        { "weight decay", recipe => recipe with { Solver = recipe.Solver with { WeightDecay = 0 } } },
        { "regularization", recipe => recipe with { Solver = recipe.Solver with { Regularization = Regularization.L1 } } },
        { "clip norm", recipe => recipe with { Solver = recipe.Solver with { ClipNorm = 3 } } },
        { "accumulate", recipe => recipe with { Accumulate = 2 } },
        { "input", recipe => recipe with { Scale = 1 } },
    };

    [Theory]
    [MemberData(nameof(OtherRecipes))]
    public void Another_setting_is_refused_by_name(string setting, Func<Recipe, Recipe> other)
    {
        Train(FaultProbe.Recipe(5), "run", stopAt: int.MaxValue);
        Refused(setting, other(FaultProbe.Recipe(9)));
    }

    [Fact]
    public void Another_batch_is_refused()
    {
        Train(FaultProbe.Recipe(5), "run", stopAt: int.MaxValue);
        Refused("batch", FaultProbe.Recipe(9), batch: 32);
    }

    [Fact]
    public void Other_data_is_refused()
    {
        Train(FaultProbe.Recipe(5), "run", stopAt: int.MaxValue);
        Refused("data", FaultProbe.Recipe(9), data: "other numbers");
    }

    [Fact]
    public void A_changed_graph_is_refused()
    {
        Train(FaultProbe.Recipe(5), "run", stopAt: int.MaxValue);
        Refused("graph", FaultProbe.Recipe(9), definition: Regression.Description with { GraphHash = "1" });
    }

    [Fact]
    public void Another_network_is_refused_with_the_parameter_that_differs()
    {
        Train(FaultProbe.Recipe(5), "run", stopAt: int.MaxValue);
        var parameters = Regression.Description.Parameters;
        Refused("dense1.weight", FaultProbe.Recipe(9), definition: Regression.Description with { Parameters = [parameters[0] with { Shape = [Regression.Features, 1] }, parameters[1]] });
        Refused("dense9.bias", FaultProbe.Recipe(9), definition: Regression.Description with { Parameters = [parameters[0], parameters[1] with { Path = "dense9.bias" }] });
    }

    [Fact]
    public void Weights_alone_are_no_snapshot()
    {
        using var network = new Regression(device, batch: 16);
        network.Initialize(1);
        network.Save(folder.File("weights.safetensors"));
        var error = Assert.Throws<CheckpointException>(() => Snapshot.Read(folder.File("weights.safetensors")));
        Assert.Contains("weights only", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iteration", "-1")]
    [InlineData("iteration", "9999999999")]
    [InlineData("seed", "x")]
    [InlineData("position", "")]
    [InlineData("best.value", "high")]
    public void Numbers_that_are_none_are_refused(string key, string value)
    {
        var file = Train(FaultProbe.Recipe(5), "run", stopAt: int.MaxValue).Outcome.Snapshot!;
        Dictionary<string, string> metadata;
        using (var reader = SafeTensorsReader.Open(file))
        {
            metadata = new(reader.Header.Metadata) { [key] = value };
        }

        SafeTensorsWriter.Write(file, [], metadata);
        Assert.Contains($"'{key}'", Assert.Throws<CheckpointException>(() => Snapshot.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_snapshot_is_refused_and_changes_nothing()
    {
        var file = Train(FaultProbe.Recipe(5), "run", stopAt: int.MaxValue).Outcome.Snapshot!;
        var bytes = File.ReadAllBytes(file);
        using var network = new Regression(device, batch: 16);
        network.Initialize(9);
        var before = Parameters(network);
        using (var reader = SafeTensorsReader.Open(file))
        {
            foreach (var tensor in reader.Header.Tensors)
            {
                var damaged = bytes.ToArray();
                damaged[tensor.Offset] ^= 4;
                File.WriteAllBytes(folder.File("damaged.safetensors"), damaged);
                var error = Assert.Throws<CheckpointException>(() => Trainer(network, FaultProbe.Recipe(9)).Resume(folder.File("damaged.safetensors")));
                Assert.Equal(tensor.Name, error.Tensor);
                Assert.Equal(before, Parameters(network));
                Assert.Equal(0, network.StepNumber);
            }
        }
    }

    void Refused(string what, Recipe recipe, int batch = 16, string data = "numbers", NetworkDefinition? definition = null)
    {
        using var network = new Regression(device, batch, definition: definition);
        network.Initialize(9);
        var before = Parameters(network);
        var error = Assert.Throws<CheckpointException>(() => new Trainer(network, recipe, new RegressionSource(100, data)).Resume(folder.File("run")));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Parameters(network));
    }

    static Trainer Trainer(Network network, Recipe recipe, RunFolder? run = null) =>
        new(network, recipe, new RegressionSource(100), new RegressionSource(30, "held out"), run);

    Trained Train(Recipe recipe, string run, int stopAt, bool resume = false, string? from = null)
    {
        using var network = new Regression(device, batch: 16);
        using var runFolder = RunFolder.Open(folder.File(run));
        network.Initialize(seed: resume ? 99u : 3u);
        var trainer = Trainer(network, recipe, runFolder);
        if (resume)
        {
            trainer.Resume(from ?? folder.File(run));
        }

        var smoothed = 0f;
        trainer.Stepped += step =>
        {
            smoothed = step.SmoothedLoss;
            if (step.Iteration == stopAt)
            {
                trainer.Stop();
            }
        };
        var outcome = trainer.Run();
        Assert.Equal(stopAt < recipe.Iterations, outcome.Stopped);
        var state = network.Attach(recipe.Solver);
        float[] histories = [.. Enumerable.Range(0, state.HistoryCount).SelectMany(index => network.Parameters.SelectMany(parameter => state.History(index, parameter).ToArray()))];
        return new Trained(outcome, Parameters(network), histories, smoothed);
    }

    static float[] Parameters(Network network) => [.. network.Parameters.SelectMany(parameter => parameter.Data.ToArray())];

    sealed record Trained(TrainingOutcome Outcome, float[] Parameters, float[] Histories, float SmoothedLoss);
}
