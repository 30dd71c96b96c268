using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Tests.Runtime;

public class StepTests
{
    static readonly Sgd Solver = new() { LearningRate = 0.05, Momentum = 0.9, WeightDecay = 0.001 };

    [Fact]
    public void Training_lowers_the_loss()
    {
        using var device = Device.Cpu(2);
        using var network = Make(device, 32);
        var first = network.Step(Solver);
        var last = first;
        for (var i = 0; i < 200; i++)
        {
            last = network.Step(Solver);
        }

        Assert.True(last < first / 10, $"{first} → {last}");
        Assert.Equal(201, network.StepNumber);
    }

    [Theory]
    [InlineData(1, 512), InlineData(2, 512), InlineData(3, 512), InlineData(7, 512), InlineData(2, 256), InlineData(3, 128), InlineData(2, 32)]
    public void Any_number_of_threads_gives_the_same_bits(int threads, int bits)
    {
        var expected = Train(1, (VectorWidth)bits);
        Assert.Equal(expected, Train(threads, (VectorWidth)bits));

        static float[] Train(int threads, VectorWidth width)
        {
            using var device = new CpuDevice(threads, width) { SmallStep = 0 };
            using var network = Make(device, 48);
            for (var i = 0; i < 20; i++)
            {
                network.Step(Solver);
            }

            return [.. network.Parameters.SelectMany(static parameter => parameter.Data.ToArray()), network.Scalar("loss"), .. network.RunPrediction()];
        }
    }

    [Theory]
    [InlineData(1), InlineData(15), InlineData(16), InlineData(17), InlineData(50)]
    public void Predicts_any_count_up_to_the_batch(int samples)
    {
        using var device = new CpuDevice(2, VectorWidth.Widest) { SmallStep = 0 };
        using var network = Make(device, 50);
        var x = RegressionData.Features(50);
        var weight = network.Parameters["dense1.weight"].Data.ToArray();
        network.SetInput(0, x.AsSpan(0, samples * Regression.Features));
        var y = network.RunPrediction().ToArray();
        Assert.Equal(samples, y.Length);
        Assert.Equal(y, network.Output("dense1").ToArray());
        for (var n = 0; n < samples; n++)
        {
            var expected = weight.Select((w, i) => w * x[(n * Regression.Features) + i]).Sum();
            Assert.Equal(expected, y[n], 1e-5f);
        }
    }

    [Fact]
    public void The_last_block_counts_only_its_samples()
    {
        using var device = Device.Cpu(1);
        using var network = Make(device, 17);
        var bias = network.Parameters["dense1.bias"];
        network.Parameters["dense1.weight"].Data.Clear();
        bias.Data[0] = 3;
        var loss = network.StepGradients();
        var targets = RegressionData.Targets(17);
        Assert.Equal(targets.Average(static t => (3f - t) * (3f - t) / 2), loss, 1e-5f);
        Assert.Equal(targets.Average(static t => 3f - t), bias.Gradient[0], 1e-5f);
        Assert.Equal(3, bias.Data[0]);
    }

    [Theory]
    [InlineData(1), InlineData(3)]
    public void A_step_allocates_nothing(int threads)
    {
        using var device = new CpuDevice(threads, VectorWidth.Widest) { SmallStep = 0 };
        using var network = Make(device, 32);
        var (x, t) = (RegressionData.Features(32), RegressionData.Targets(32));
        var allocated = new long[threads];
        network.InFirstKernel = worker => allocated[worker.Index] = GC.GetAllocatedBytesForCurrentThread();
        Run(50);

        // Another test's garbage collection may cut a thread's allocation buffer while it is measured: then it is measured again.
        Assert.Contains(0, Enumerable.Range(0, 3).Select(_ => Measure()).ToArray());

        long Measure()
        {
            var workers = allocated.Skip(1).Sum();
            var caller = GC.GetAllocatedBytesForCurrentThread();
            Run(100);
            caller = GC.GetAllocatedBytesForCurrentThread() - caller;
            return caller + allocated.Skip(1).Sum() - workers;
        }

        void Run(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                network.SetInput(0, x);
                network.SetLabels(1, t);
                network.Step(Solver);
                network.Evaluate();
                _ = network.Scalar("loss");
                _ = network.RunPrediction();
                _ = network.Output("dense1");
            }
        }
    }

    [Fact]
    public void Accumulated_batches_update_as_one_large_batch()
    {
        using var device = Device.Cpu(2);
        using var large = Make(device, 32);
        using var small = Make(device, 16);
        var (x, t) = (RegressionData.Features(32), RegressionData.Targets(32));
        for (var step = 0; step < 3; step++)
        {
            large.Step(Solver);
            Give(0);
            small.Accumulate();
            Give(1);
            small.Step(Solver);
        }

        Assert.Equal(3, small.StepNumber);
        var (expected, actual) = (large.Parameters["dense1.weight"].Data.ToArray(), small.Parameters["dense1.weight"].Data.ToArray());
        Assert.All(expected.Zip(actual), static pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

        void Give(int half)
        {
            small.SetInput(0, x.AsSpan(half * 16 * Regression.Features, 16 * Regression.Features));
            small.SetLabels(1, t.AsSpan(half * 16, 16));
        }
    }

    [Fact]
    public void The_gradient_norm_is_that_of_all_gradients()
    {
        using var device = Device.Cpu(2);
        using var network = Make(device, 32);
        var before = network.Parameters["dense1.bias"].Data[0];
        network.StepGradients();
        var norm = Math.Sqrt(network.Parameters.SelectMany(static parameter => parameter.Gradient.ToArray()).Sum(static g => (double)g * g));
        var gradient = network.Parameters["dense1.bias"].Gradient[0];
        network.Step(new Sgd { LearningRate = 1, ClipNorm = 0.5 });
        Assert.True(norm > 0.5);
        Assert.Equal(before - (2 * gradient * 0.5 / norm), network.Parameters["dense1.bias"].Data[0], 1e-5);
    }

    [Fact]
    public void Activations_are_caught_while_they_live()
    {
        using var device = Device.Cpu(2);
        using var network = Make(device, 17);
        Assert.Equal(network.RunPrediction().ToArray(), network.Activation("dense1"));
        Assert.Equal(RegressionData.Features(17), network.Activation("x", training: true));
        Assert.Equal(17, network.Activation("d dense1", training: true).Length);
        Assert.Contains("dense1", Assert.Throws<ArgumentException>(() => network.Activation("dense2")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_times_each_kernel_of_its_program()
    {
        using var device = Device.Cpu(2);
        using var network = Make(device, 32);
        var profile = new Profile(Regression.Description.Train!);
        network.Profile = profile;
        for (var i = 0; i < 5; i++)
        {
            network.Step(Solver);
            network.RunPrediction();
        }

        Assert.Equal(["Dense1", "Loss", "Dense1Gradient", "inputs", "gradient check", "update"], profile.Times.Select(static time => time.Name));
        Assert.All(profile.Times, static time => Assert.True(time.Count == 5 && time.Least <= time.Mean && time.Least >= TimeSpan.Zero));
    }

    internal static Regression Make(Device device, int batch)
    {
        var network = new Regression(device, batch);
        network.Initialize(seed: 5);
        network.SetInput(0, RegressionData.Features(batch));
        network.SetLabels(1, RegressionData.Targets(batch));
        return network;
    }
}
