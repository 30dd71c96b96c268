using System.CommandLine;
using System.Globalization;
using NetDsl.App;
using NetDsl.Networks;
using NetDsl.Runtime;

namespace NetDsl.Benchmarks.Cuda;

/// <summary><c>cuda</c>: runs networks on a CUDA device and on the CPU, and prints how far their numbers lie apart and how long a step takes.</summary>
static class CudaCommand
{
    public static Command Create()
    {
        var networks = new Argument<string[]>("networks") { Description = "Networks to run; all of the zoo unless given.", Arity = ArgumentArity.ZeroOrMore };
        var batch = new Option<int>("--batch") { Description = "Samples of a step.", DefaultValueFactory = static _ => 2 };
        var seconds = new Option<double>("--seconds") { Description = "How long the steps of a network are measured.", DefaultValueFactory = static _ => 1 };
        var tolerance = new Option<double>("--tolerance") { Description = "How far apart outputs and losses may lie; gradients, a hundred times as far, because a unit near zero may switch.", DefaultValueFactory = static _ => 1e-4 };
        var command = new Command("cuda", "Checks a CUDA device against the CPU, network by network.") { networks, batch, seconds, tolerance };
        command.SetAction(result =>
        {
            var catalog = NetworkCatalog.Of([typeof(LeNet).Assembly]);
            NetworkEntry[] entries = [.. result.GetValue(networks) is { Length: > 0 } names ? names.Select(catalog.Find) : catalog.All];
            if (Devices.List() is [_, var missing] && missing.StartsWith("no ", StringComparison.Ordinal))
            {
                Console.Error.WriteLine($"There is {missing}.");
                return 1;
            }

            using var cpu = Device.Cpu();
            using var cuda = Device.Cuda();
            Console.WriteLine($"{cuda} against {cpu}, {result.GetValue(batch)} samples; numbers: the difference's length, of the values' length");
            var far = 0;
            foreach (var entry in entries)
            {
                far += Write(entry, new DeviceDuel(entry, cpu, cuda, result.GetValue(batch)), result.GetValue(seconds), result.GetValue(tolerance)) ? 0 : 1;
            }

            Console.WriteLine(far == 0 ? $"all {entries.Length} agree" : $"{far} of {entries.Length} do not agree");
            return far == 0 ? 0 : 1;
        });
        return command;
    }

    /// <summary>A line for a network; what fails is said there, and the others still run.</summary>
    static bool Write(NetworkEntry entry, DeviceDuel duel, double seconds, double tolerance)
    {
        try
        {
            var result = duel.Run(TimeSpan.FromSeconds(seconds));
            var agrees = result.Prediction <= tolerance && !(result.Loss > tolerance) && !(result.Gradients > 100 * tolerance);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(agrees ? "ok  " : "FAR ")}{entry.Name,-28} prediction {result.Prediction:E1}  loss {result.Loss:E1}  gradients {result.Gradients:E1}  first step {result.First.TotalSeconds:F2} s  step {result.Times.Median.TotalMilliseconds:F3} ms{(agrees ? "" : $"  (farthest: {result.Farthest})")}"));
            return agrees;
        }
        catch (NotSupportedException unsupported)
        {
            Console.WriteLine($"--  {entry.Name,-28} {unsupported.Message}");
            return true;
        }
        catch (Exception exception) when (exception is KernelException or NonFiniteException or NotEnoughMemoryException or InvalidOperationException)
        {
            Console.WriteLine($"FAIL {entry.Name,-27} {exception.Message} {exception.InnerException?.Message}");
            return false;
        }
    }
}
