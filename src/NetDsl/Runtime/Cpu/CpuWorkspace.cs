using NetDsl.Kernels;

namespace NetDsl.Runtime;

/// <summary>Floats of scratch that a library kernel needs for a convolution of these sizes.</summary>
public delegate long ConvolutionScratch(in ConvolutionShape shape);

/// <summary>The memory that CPU kernels need beside the plan's: it depends on how the library's tiles are made, so the library says how much.</summary>
public sealed record CpuWorkspace
{
    const int Alignment = 16;

    readonly long[] offsets = [0];

    /// <summary>
    /// The weights in the order in which the tiles read them. Predictions keep theirs, the first <see cref="Kept"/>; in training each is packed before its
    /// kernel, all in one place, since they change with every step anyway.
    /// </summary>
    public IReadOnlyList<PackedWeight> Packed
    {
        get;
        init
        {
            field = value;
            offsets = new long[value.Count + 1];
            for (var i = 0; i < value.Count; i++)
            {
                offsets[i + 1] = offsets[i] + Align(value[i].Size);
            }
        }
    } = [];

    /// <summary>How many of <see cref="Packed"/> the prediction program reads.</summary>
    public int Kept { get; init; }

    /// <summary>Floats of one worker's scratch: the most that a kernel asks for, since they share one memory.</summary>
    public long ScratchSize
    {
        get;
        init => field = Align(value);
    }

    /// <summary>Floats of the packed weights that are kept.</summary>
    public long KeptSize => offsets[Kept];

    /// <summary>Floats of the largest packed weight.</summary>
    public long LargestPacked
    {
        get
        {
            var largest = 0L;
            foreach (var weight in Packed)
            {
                largest = Math.Max(largest, weight.Size);
            }

            return largest;
        }
    }

    /// <summary>The most of several amounts of scratch.</summary>
    public static long Largest(long[] floats)
    {
        // A loop: the queries of LINQ are compiled anew for every type of number, before the first prediction.
        var largest = 0L;
        foreach (var amount in floats)
        {
            largest = Math.Max(largest, amount);
        }

        return largest;
    }

    /// <summary>The most scratch that one of several convolutions needs.</summary>
    public static long Largest(ConvolutionScratch scratch, params ConvolutionShape[] shapes)
    {
        var largest = 0L;
        foreach (var shape in shapes)
        {
            largest = Math.Max(largest, scratch(shape));
        }

        return largest;
    }

    /// <summary>Where a packed weight begins that is kept.</summary>
    internal long Offset(int packed) => offsets[packed];

    static long Align(long floats) => (floats + Alignment - 1) / Alignment * Alignment;
}
