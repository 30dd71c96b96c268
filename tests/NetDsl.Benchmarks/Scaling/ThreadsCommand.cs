using System.CommandLine;
using System.Globalization;
using NetDsl.App;
using NetDsl.Networks;
using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Benchmarks.Scaling;

/// <summary><c>threads</c>: how many times as fast a training step is on all threads as on one, in turn with a loop that shows what the machine has to give.</summary>
static class ThreadsCommand
{
    static readonly (string Name, int Batch, Func<Device, int, Network> Create)[] Networks =
    [
        ("LeNet", 64, static (device, batch) => new LeNet(device, batch)),
        ("GoogLeNet", 8, static (device, batch) => new GoogLeNet(device, batch)),
        ("VggD", 4, static (device, batch) => new VggD(device, batch)),
    ];

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often each is measured; the medians count.", DefaultValueFactory = static _ => 5 };
        var seconds = new Option<double>("--seconds") { Description = "How long each is measured, at least one step.", DefaultValueFactory = static _ => 2 };
        var command = new Command("threads", "Measures how much faster a training step is on all threads than on one.") { rounds, seconds };
        command.SetAction(result =>
        {
            var threads = Environment.ProcessorCount;
            Console.WriteLine($"| training step | 1 thread | {threads} threads | ratio | a loop of multiply-adds beside it |");
            Console.WriteLine("|---|--:|--:|--:|--:|");
            foreach (var network in Networks)
            {
                Console.WriteLine(Row(network, threads, result.GetValue(rounds), result.GetValue(seconds)));
            }

            return 0;
        });
        return command;
    }

    static string Row((string Name, int Batch, Func<Device, int, Network> Create) network, int threads, int rounds, double seconds)
    {
        using var one = new Timed(network.Create, 1, network.Batch);
        using var all = new Timed(network.Create, threads, network.Batch);
        double[] ones = new double[rounds], alls = new double[rounds], loops = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            ones[round] = one.Milliseconds(seconds);
            alls[round] = all.Milliseconds(seconds);
            loops[round] = MultiplyAddLoop.Rate(threads, seconds / 4) / MultiplyAddLoop.Rate(1, seconds / 4);
        }

        return string.Create(CultureInfo.InvariantCulture,
            $"| {network.Name} b{network.Batch} | {Middle.Of(ones):G3} ms | {Middle.Of(alls):G3} ms | {Middle.Of(ones) / Middle.Of(alls):F2} | {Middle.Of(loops):F2} ({loops.Min():F2} to {loops.Max():F2}) |");
    }

    sealed class Timed : IDisposable
    {
        readonly Device device;
        readonly Network network;
        readonly StepTimer timer;

        public Timed(Func<Device, int, Network> create, int threads, int batch)
        {
            device = Device.Cpu(threads);
            network = create(device, batch);
            timer = new StepTimer(network, new Sgd { LearningRate = 0.001, Momentum = 0.9, WeightDecay = 5e-4 });
            timer.Measure(TimeSpan.Zero);
        }

        public double Milliseconds(double seconds) => timer.Measure(TimeSpan.FromSeconds(seconds)).Median.TotalMilliseconds;

        public void Dispose()
        {
            network.Dispose();
            device.Dispose();
        }
    }
}
