namespace NetDsl.Runtime;

/// <summary>How much memory this process may still take.</summary>
static class AvailableMemory
{
    const string Information = "/proc/meminfo";

    /// <summary>
    /// Bytes: the smaller of what the machine has left without swapping, and what the process's own limit (a container's) leaves it.
    /// </summary>
    public static long Bytes()
    {
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (!File.Exists(Information))
        {
            return Math.Max(0, limit - Environment.WorkingSet);
        }

        var (total, available) = (Machine("MemTotal:"), Machine("MemAvailable:"));
        // Without a limit of its own a process has what the machine has: how much it took itself need not be asked.
        return available is { } left && limit >= total ? left : Math.Max(0, Math.Min(available ?? long.MaxValue, limit - Environment.WorkingSet));
    }

    static long? Machine(string field)
    {
        var line = File.ReadLines(Information).FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal));
        return NumberScanner.First(line) * 1024;
    }
}
