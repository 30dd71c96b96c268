namespace NetDsl.Runtime;

/// <summary>The memory that CPU kernels need beside the plan's: it depends on how the library's tiles are made, so the library says how much.</summary>
public sealed record CpuWorkspace
{
    const int Alignment = 16;

    readonly long[] offsets = [0];

    /// <summary>Floats of each weight that is kept in the order in which the tiles read it.</summary>
    public IReadOnlyList<long> Packed
    {
        get;
        init
        {
            field = value;
            offsets = new long[value.Count + 1];
            for (var i = 0; i < value.Count; i++)
            {
                offsets[i + 1] = offsets[i] + Align(value[i]);
            }
        }
    } = [];

    /// <summary>Floats that the kernels ask of each worker, kernel by kernel; they share one memory.</summary>
    public IReadOnlyList<long> Scratch
    {
        get;
        init
        {
            field = value;
            ScratchSize = Align(value.DefaultIfEmpty(0).Max());
        }
    } = [];

    /// <summary>Floats of all packed weights.</summary>
    public long PackedSize => offsets[^1];

    /// <summary>Floats of one worker's scratch.</summary>
    public long ScratchSize { get; private init; }

    /// <summary>Where a packed weight begins.</summary>
    internal long Offset(int packed) => offsets[packed];

    static long Align(long floats) => (floats + Alignment - 1) / Alignment * Alignment;
}
