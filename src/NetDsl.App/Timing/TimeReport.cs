using System.Diagnostics;
using System.Globalization;
using NetDsl.Runtime;

namespace NetDsl.App;

/// <summary>The times of a step and of its layers, as text.</summary>
static class TimeReport
{
    /// <summary>Milliseconds of each layer: its kernels' shortest and mean times, added up.</summary>
    public static void WriteLayers(IReadOnlyList<KernelTime> kernels, bool training, TextWriter output)
    {
        string[] columns = ["layer", ">forward min", ">mean", ">backward min", ">mean"];
        var table = new TextTable(training ? columns : columns[..3]);
        foreach (var layer in kernels.GroupBy(kernel => kernel.Layer.Length > 0 ? kernel.Layer : $"({kernel.Name})"))
        {
            var (forward, backward) = (Sum(layer.Where(kernel => !kernel.Backward)), Sum(layer.Where(kernel => kernel.Backward)));
            string[] cells = [layer.Key, .. forward, .. backward];
            table.Add(training ? cells : cells[..3]);
        }
        table.Write(output);
    }

    /// <summary>The summary in one line: <c>LeNet train b64  median 2.650 ms  min 2.540 ms  images/s 24150  GFLOP/s 319  peak 61 MB  allocated 0 B</c>.</summary>
    public static string Summarize(string network, bool training, int batch, long multiplyAdds, StepTimes times)
    {
        var seconds = times.Median.TotalSeconds;
        using var process = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{network} {(training ? "train" : "predict")} b{batch}  median {times.Median.TotalMilliseconds:F3} ms  min {times.Least.TotalMilliseconds:F3} ms  images/s {batch / seconds:F0}  GFLOP/s {2 * multiplyAdds * batch / seconds / 1e9:F0}  peak {process.PeakWorkingSet64 / 1_000_000} MB  allocated {times.AllocatedBytes} B");
    }

    static string[] Sum(IEnumerable<KernelTime> kernels)
    {
        KernelTime[] all = [.. kernels];
        return all.Length == 0 ? ["", ""] : [Milliseconds(all.Sum(kernel => kernel.Least.TotalMilliseconds)), Milliseconds(all.Sum(kernel => kernel.Mean.TotalMilliseconds))];
    }

    static string Milliseconds(double milliseconds) => milliseconds.ToString("F3", CultureInfo.InvariantCulture);
}
