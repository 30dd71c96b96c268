using System.Diagnostics;
using System.Globalization;

namespace NetDsl.Peers;

/// <summary>Repeats a step and prints how long it took, in the form of <c>netdsl time</c>.</summary>
static class StepTiming
{
    const int FewestSteps = 5;

    /// <summary>A fifth of the time warms up.</summary>
    public static void Run(string name, int batch, double seconds, Action step)
    {
        Repeat(seconds / 5, step);
        var times = Repeat(seconds, step);
        times.Sort();
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} b{batch}  median {times[times.Count / 2]:F3} ms  min {times[0]:F3} ms  peak {process.PeakWorkingSet64 / 1_000_000} MB"));
    }

    static List<double> Repeat(double seconds, Action step)
    {
        var times = new List<double>();
        for (var start = Stopwatch.GetTimestamp(); times.Count < FewestSteps || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;)
        {
            var before = Stopwatch.GetTimestamp();
            step();
            times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        return times;
    }
}
