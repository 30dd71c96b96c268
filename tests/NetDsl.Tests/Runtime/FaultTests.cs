using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Tests.Runtime;

public class FaultTests
{
    static readonly Sgd Solver = new() { LearningRate = 0.05 };

    [Theory]
    [InlineData(1, 0), InlineData(2, 0), InlineData(2, 1), InlineData(3, 2)]
    public void An_exception_in_a_kernel_is_thrown_to_the_caller(int threads, int thrower)
    {
        using var device = new CpuDevice(threads, VectorWidth.Widest) { SmallStep = 0 };
        using var network = StepTests.Make(device, 48);
        var before = network.Parameters["dense1.weight"].Data.ToArray();
        for (var round = 0; round < 3; round++)
        {
            using var come = new ManualResetEventSlim();
            network.InFirstKernel = worker =>
            {
                // Nobody waits for a worker that does not come: the others must not take its items.
                if (worker.Index != thrower)
                {
                    come.Wait();
                }
                else
                {
                    come.Set();
                    throw new FormatException("a broken kernel");
                }
            };
            var thrown = Assert.Throws<KernelException>(() => network.Step(Solver));
            Assert.Equal("Dense1", thrown.Kernel);
            Assert.IsType<FormatException>(thrown.InnerException);
            Assert.Equal("Kernel Dense1 of Regression (layer dense1) threw FormatException: a broken kernel", thrown.Message);
            Assert.Equal(before, network.Parameters["dense1.weight"].Data.ToArray());
            network.InFirstKernel = null;
            Assert.True(float.IsFinite(network.StepGradients()));
        }
    }

    [Theory]
    [InlineData(float.NaN, "input 'x', sample 2"), InlineData(float.PositiveInfinity, "input 'x', sample 2")]
    public void Bad_data_is_named_and_changes_nothing(float value, string where)
    {
        using var device = Device.Cpu(2);
        using var network = StepTests.Make(device, 16);
        var before = network.Parameters["dense1.weight"].Data.ToArray();
        var x = RegressionData.Features(16);
        x[(2 * Regression.Features) + 7] = value;
        network.SetInput(0, x);
        var thrown = Assert.Throws<NonFiniteException>(() => network.Step(Solver));
        Assert.Contains(where, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Parameters["dense1.weight"].Data.ToArray());
        Assert.Equal(0, network.StepNumber);
    }

    [Fact]
    public void An_overflow_names_the_layer_where_it_began()
    {
        using var device = Device.Cpu(2);
        using var network = StepTests.Make(device, 16);
        network.Parameters["dense1.weight"].Data.Fill(float.MaxValue);
        var thrown = Assert.Throws<NonFiniteException>(() => network.Step(Solver));
        Assert.Equal("dense1", thrown.Layer);
        Assert.Contains("kernel Dense1 (layer dense1)", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(float.MaxValue, network.Parameters["dense1.weight"].Data[3]);
    }

    [Fact]
    public void A_parameter_that_is_not_finite_is_named()
    {
        using var device = Device.Cpu(2);
        using var network = StepTests.Make(device, 16);
        network.Parameters["dense1.bias"].Data[0] = float.NaN;
        Assert.Equal("dense1.bias", Assert.Throws<NonFiniteException>(() => network.Step(Solver)).Layer);
    }

    [Fact]
    public void A_gradient_that_overflows_alone_is_found()
    {
        using var device = Device.Cpu(2);
        using var network = StepTests.Make(device, 16);
        var x = RegressionData.Features(16);
        x.AsSpan().Fill(3e38f);
        network.Parameters["dense1.weight"].Data.Clear();
        network.SetInput(0, x);
        network.SetLabels(1, [.. Enumerable.Repeat(9, 16)]);
        var thrown = Assert.Throws<NonFiniteException>(() => network.Step(Solver));
        Assert.Contains("gradient of 'dense1.weight'", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0), InlineData(39), InlineData(41), InlineData(41 * 40)]
    public void A_wrong_number_of_values_is_refused(int length)
    {
        using var device = Device.Cpu(1);
        using var network = StepTests.Make(device, 40);
        var thrown = Assert.Throws<ArgumentException>(() => network.SetInput(0, new float[length]));
        Assert.Equal(
            $"Input 'x' of Regression, of shape [40] a sample, takes 40 to 1600 numbers (whole samples, up to the batch of 40), but got {length}.",
            thrown.Message);
    }

    [Theory]
    [InlineData(10), InlineData(-1), InlineData(int.MinValue)]
    public void A_label_that_is_no_class_is_refused(int label)
    {
        using var device = Device.Cpu(1);
        using var network = StepTests.Make(device, 16);
        var labels = RegressionData.Targets(16);
        labels[5] = label;
        var thrown = Assert.Throws<ArgumentException>(() => network.SetLabels(1, labels));
        Assert.Equal($"Label {label} of sample 5 in 't' is no class: there are 10 classes, 0 to 9, and 255 is ignored.", thrown.Message);
        labels[5] = 255;
        network.SetLabels(1, labels);
    }

    [Fact]
    public void A_training_step_takes_a_full_batch()
    {
        using var device = Device.Cpu(1);
        using var network = StepTests.Make(device, 16);
        network.SetInput(0, RegressionData.Features(3));
        Assert.Contains("'x' has 3, 't' has 16", Assert.Throws<InvalidOperationException>(() => network.Step(Solver)).Message, StringComparison.Ordinal);
        network.SetLabels(1, RegressionData.Targets(3));
        Assert.Contains("full batch of 16 samples, but 3", Assert.Throws<InvalidOperationException>(() => network.Step(Solver)).Message, StringComparison.Ordinal);
        network.Evaluate();
        Assert.True(float.IsFinite(network.Scalar("loss")));
    }

    [Fact]
    public void Missing_inputs_and_parameters_are_named()
    {
        using var device = Device.Cpu(1);
        using var network = new Regression(device, 4);
        Assert.Contains("Initialize", Assert.Throws<InvalidOperationException>(() => network.RunPrediction().Length).Message, StringComparison.Ordinal);
        network.Initialize(1);
        Assert.Contains("'x'", Assert.Throws<InvalidOperationException>(() => network.RunPrediction().Length).Message, StringComparison.Ordinal);
        network.SetInput(0, RegressionData.Features(4));
        network.RunPrediction();
        Assert.Contains("'t'", Assert.Throws<InvalidOperationException>(network.Evaluate).Message, StringComparison.Ordinal);
        Assert.Contains("dense1.weight", Assert.Throws<KeyNotFoundException>(() => network.Parameters["conv1"]).Message, StringComparison.Ordinal);
        Assert.Contains("loss", Assert.Throws<ArgumentException>(() => network.Scalar("accuracy")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_for_predictions_does_not_train()
    {
        using var device = Device.Cpu(1);
        using var network = new Regression(device, 16, training: false);
        Assert.True(network.Bytes < Regression.Description.Bytes(training: true, 16));
        Assert.Contains("predictions only", Assert.Throws<InvalidOperationException>(() => network.Step(Solver)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_disposed_says_so()
    {
        using var device = Device.Cpu(2);
        var network = StepTests.Make(device, 16);
        network.Dispose();
        network.Dispose();
        Assert.Contains("Regression", Assert.Throws<ObjectDisposedException>(() => network.Step(Solver)).Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => network.Parameters["dense1.bias"].Data.Length);

        using var orphan = StepTests.Make(device, 16);
        device.Dispose();
        Assert.Throws<ObjectDisposedException>(() => orphan.Step(Solver));
    }

    [Fact]
    public async Task Two_threads_at_once_are_refused()
    {
        using var device = Device.Cpu(1);
        using var network = StepTests.Make(device, 16);
        using var inside = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        network.InFirstKernel = _ =>
        {
            inside.Set();
            leave.Wait();
        };
        var first = Task.Run(() => network.Step(Solver));
        inside.Wait();
        var thrown = Assert.Throws<InvalidOperationException>(() => network.SetInput(0, RegressionData.Features(16)));
        Assert.Contains("in use by another thread", thrown.Message, StringComparison.Ordinal);
        leave.Set();
        Assert.True(float.IsFinite(await first));
    }

    [Fact]
    public void Too_large_a_batch_is_refused_before_anything_is_allocated()
    {
        using var device = Device.Cpu(1);
        var thrown = Assert.Throws<NotEnoughMemoryException>(() => new Regression(device, int.MaxValue));
        Assert.True(thrown.Needed > thrown.Available);
        Assert.True(thrown.FittingBatch > 0);
        Assert.True(Regression.Description.Bytes(training: true, thrown.FittingBatch) <= thrown.Available);
        Assert.True(Regression.Description.Bytes(training: true, thrown.FittingBatch + 1) > thrown.Available);
        Assert.Matches(@"^Regression with a batch of 2147483647 needs [\d.]+ GB to train, and [\d.]+ GB is available: a batch of \d+ fits\. Its largest buffers are x \(", thrown.Message);
    }
}
