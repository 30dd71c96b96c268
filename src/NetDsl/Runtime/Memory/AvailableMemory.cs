using System.Globalization;

namespace NetDsl.Runtime;

/// <summary>How much memory this process may still take.</summary>
static class AvailableMemory
{
    /// <summary>
    /// Bytes: the smaller of what the machine has left without swapping, and what the process's own limit (a container's) leaves it.
    /// </summary>
    public static long Bytes()
    {
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var left = limit - Environment.WorkingSet;
        return Math.Max(0, MachineBytes() is { } machine ? Math.Min(machine, left) : left);
    }

    static long? MachineBytes()
    {
        const string information = "/proc/meminfo";
        const string field = "MemAvailable:";
        if (!File.Exists(information))
        {
            return null;
        }

        var line = File.ReadLines(information).FirstOrDefault(static line => line.StartsWith(field, StringComparison.Ordinal));
        return line is not null && long.TryParse(line.AsSpan(field.Length).TrimEnd("kB ").Trim(), CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes * 1024
            : null;
    }
}
