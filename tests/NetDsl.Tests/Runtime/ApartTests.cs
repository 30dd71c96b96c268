using NetDsl.Runtime;

namespace NetDsl.Tests.Runtime;

/// <summary>Predictions whose samples go through the program in parts, each on one thread.</summary>
public class ApartTests
{
    static NetworkDefinition Definition { get; } = Regression.Description with { Predict = Regression.Description.Predict with { SamplesApart = true } };

    [Theory]
    [InlineData(2, 32), InlineData(2, 33), InlineData(3, 48), InlineData(3, 100), InlineData(3, 500), InlineData(8, 130)]
    public void Parts_give_what_all_threads_together_give(int threads, int batch)
    {
        using var device = new CpuDevice(threads, VectorWidth.Widest) { SmallStep = 0 };
        using var network = Make(device, batch);
        List<(int Workers, int Samples)> runs = [];
        network.InFirstKernel = worker =>
        {
            lock (runs)
            {
                runs.Add((worker.Count, worker.Samples));
            }
        };
        var together = network.RunPrediction().ToArray();
        // The others are still starting, or all are there: the weights were new, and packed by all.
        Assert.All(runs, run => Assert.Equal(batch, run.Samples));

        WaitForThreads(network);
        runs.Clear();
        Assert.Equal(together, network.RunPrediction().ToArray());
        Assert.All(runs, static run => Assert.Equal(1, run.Workers));
        Assert.Equal(batch, runs.Sum(static run => run.Samples));
        Assert.True(runs.Count >= threads);
    }

    [Fact]
    public void An_evaluation_and_new_weights_are_for_all_threads_together()
    {
        using var device = new CpuDevice(2, VectorWidth.Widest) { SmallStep = 0 };
        using var network = Make(device, 64);
        WaitForThreads(network);
        network.Evaluate();
        var loss = network.Scalar("loss");
        var counts = new HashSet<int>();
        network.InFirstKernel = worker =>
        {
            lock (counts)
            {
                counts.Add(worker.Count);
            }
        };
        network.Evaluate();
        Assert.Equal(loss, network.Scalar("loss"));
        network.Initialize(seed: 2);
        network.RunPrediction();
        Assert.Equal([2], counts);
    }

    [Fact]
    public void Few_samples_are_for_all_threads_together()
    {
        using var device = new CpuDevice(3, VectorWidth.Widest) { SmallStep = 0 };
        using var network = Make(device, 32);
        WaitForThreads(network);
        network.InFirstKernel = static worker => Assert.Equal(3, worker.Count);
        network.RunPrediction();
    }

    [Fact]
    public void An_exception_in_a_part_names_its_kernel()
    {
        using var device = new CpuDevice(2, VectorWidth.Widest) { SmallStep = 0 };
        using var network = Make(device, 64);
        WaitForThreads(network);
        var expected = network.RunPrediction().ToArray();
        network.InFirstKernel = static _ => throw new FormatException("a broken kernel");
        Assert.Equal("Dense1", Assert.Throws<KernelException>(() => network.RunPrediction().ToArray()).Kernel);
        network.InFirstKernel = null;
        Assert.Equal(expected, network.RunPrediction().ToArray());
    }

    [Fact]
    public void Parts_allocate_nothing()
    {
        using var device = new CpuDevice(2, VectorWidth.Widest) { SmallStep = 0 };
        using var network = Make(device, 64);
        WaitForThreads(network);
        var allocated = new long[2];
        network.InFirstKernel = worker => allocated[worker.Index] = GC.GetAllocatedBytesForCurrentThread();
        Run(50);

        // Another test's garbage collection may cut a thread's allocation buffer while it is measured: then it is measured again.
        Assert.Contains(0, Enumerable.Range(0, 3).Select(_ => Measure()).ToArray());

        long Measure()
        {
            var (other, caller) = (allocated[1], GC.GetAllocatedBytesForCurrentThread());
            Run(100);
            return GC.GetAllocatedBytesForCurrentThread() - caller + allocated[1] - other;
        }

        void Run(int predictions)
        {
            for (var i = 0; i < predictions; i++)
            {
                network.RunPrediction();
            }
        }
    }

    static Regression Make(Device device, int batch)
    {
        var network = new Regression(device, batch, training: false, Definition);
        network.Initialize(seed: 1);
        network.SetInput(0, RegressionData.Features(batch));
        network.SetLabels(1, RegressionData.Targets(batch));
        return network;
    }

    /// <summary>A prediction does not wait for threads that still start; one that comes to a second worker has them.</summary>
    static void WaitForThreads(Regression network)
    {
        var alone = true;
        var hook = network.InFirstKernel;
        network.InFirstKernel = worker => alone = worker is { Count: 1, FirstBlock: 0 } && worker.Samples == network.BatchSize;
        while (alone)
        {
            network.RunPrediction();
        }

        network.InFirstKernel = hook;
    }
}
