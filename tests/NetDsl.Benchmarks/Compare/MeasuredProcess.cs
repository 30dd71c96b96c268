using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NetDsl.Benchmarks.Compare;

/// <summary>A process that measures a step and prints <c>median 2.650 ms … peak 61 MB</c> in its last line.</summary>
static class MeasuredProcess
{
    /// <summary>
    /// What makes TorchSharp fast here: its threads sleep while they wait, and memory that was given back stays with the process. Its defaults are up to
    /// four times slower.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string> TorchTuning = new Dictionary<string, string>
    {
        ["OMP_WAIT_POLICY"] = "passive",
        ["MALLOC_MMAP_MAX_"] = "0",
        ["MALLOC_TRIM_THRESHOLD_"] = "100000000000",
        ["MALLOC_TOP_PAD_"] = "67108864",
    };

    /// <summary>Runs it; null, and why on the error output, if it does not measure anything.</summary>
    public static Measurement? Run(IEnumerable<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] words = [.. command];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 || Row.Matches(output) is not [.., var row])
        {
            Console.Error.WriteLine($"no measurement: '{string.Join(' ', words)}' ended with {process.ExitCode}");
            return null;
        }

        return new(Number(row, "median"), Number(row, "peak"));
    }

    static double Number(Match row, string name) => double.Parse(row.Groups[name].Value, CultureInfo.InvariantCulture);

    static readonly Regex Row = new(@"median\s+(?<median>[\d.]+) ms.*?peak(RSS)?\s+(?<peak>\d+) MB");
}

/// <summary>What a process measured.</summary>
/// <param name="Median">Milliseconds of a step.</param>
/// <param name="Peak">Megabytes of the process, at most.</param>
readonly record struct Measurement(double Median, double Peak);
