namespace NetDsl.Runtime;

/// <summary>The processor: a team of threads that all networks on the device share.</summary>
sealed class CpuDevice : Device
{
    // Multiply-adds that one thread does in about the time it takes to wake another.
    const long SmallStepDefault = 2_000_000;

    public CpuDevice(int threads, VectorWidth width)
    {
        if (threads is < 0 or > MostThreads)
        {
            throw new ArgumentOutOfRangeException(nameof(threads), threads, $"A CPU device takes 1 to {MostThreads} threads, or 0 for one a core.");
        }

        Width = width == VectorWidth.Widest ? VectorWidths.Widest : width;
        Team = new CpuTeam(threads == 0 ? Math.Min(Environment.ProcessorCount, MostThreads) : threads);
    }

    /// <summary>Why the CPU was chosen; empty where it was asked for.</summary>
    public string Reason { get; init; } = "";

    public override string Selection => Reason.Length > 0 ? $"{Name}: {Reason}" : Name;

    public override string Name =>
        $"CPU, {Team.Count} {(Team.Count == 1 ? "thread" : "threads")}, {(Width == VectorWidth.Scalar ? "no vectors" : $"{(int)Width}-bit vectors")}";

    public CpuTeam Team { get; }

    public VectorWidth Width { get; }

    /// <summary>Steps of fewer multiply-adds run on the calling thread alone.</summary>
    public long SmallStep { get; init; } = SmallStepDefault;

    internal override long AvailableBytes() => AvailableMemory.Bytes();

    internal override Execution CreateExecution(Network network, HostMemory memory) => new CpuExecution(network, memory, this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Team.Dispose();
        }
    }
}
