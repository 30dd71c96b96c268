namespace NetDsl.Generators.Ir;

/// <summary>How the elements of a value lie in the sample arena.</summary>
enum Storage
{
    /// <summary>Sixteen samples side by side for each element; of a uniform value, row-major.</summary>
    Lanes,

    /// <summary>One sample after the other, each row-major, and filled up to whole vectors.</summary>
    Rows,

    /// <summary>One sample after the other, each as [ceil(C / 16)][rest][16]: neighbouring channels side by side.</summary>
    Blocks,
}

/// <summary>
/// The type of a value: its sizes without the batch axis, and whether there is one. A batched value exists once a sample ([N, 20, 24, 24]);
/// a uniform one (a weight, a loss) once for all.
/// </summary>
sealed record TensorType(bool Batched, EquatableArray<int> Sizes)
{
    /// <summary>Channels of a block, and floats to the widest vector.</summary>
    public const int BlockSize = 16;

    /// <summary>Elements of one sample.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (var size in Sizes)
            {
                count *= size;
            }

            return count;
        }
    }

    /// <summary>Where the elements lie; passes before LayoutAssignment leave it alone.</summary>
    public Storage Storage { get; init; }

    /// <summary>Floats of one sample in memory, what fills up vectors and channel blocks included.</summary>
    public long MemoryCount => Storage switch
    {
        Storage.Rows => (Count + BlockSize - 1) / BlockSize * BlockSize,
        Storage.Blocks => Blocks * BlockSize * Positions,
        _ => Count,
    };

    /// <summary>Blocks of channels, the last one perhaps not full.</summary>
    public int Blocks => (Sizes[0] + BlockSize - 1) / BlockSize;

    /// <summary>Elements of a channel.</summary>
    public long Positions => Sizes[0] == 0 ? 0 : Count / Sizes[0];

    /// <summary>A uniform value with no axis: a loss.</summary>
    public bool IsScalar => !Batched && Sizes.Count == 0;

    public static TensorType Sample(params int[] sizes) => new(true, sizes.ToEquatableArray());

    public static TensorType Uniform(params int[] sizes) => new(false, sizes.ToEquatableArray());

    /// <summary>As users read it: <c>[N, 20, 24, 24]</c>, <c>[500, 800]</c>, <c>[]</c>.</summary>
    public override string ToString()
    {
        var sizes = string.Join(", ", Sizes);
        return Batched ? sizes.Length == 0 ? "[N]" : $"[N, {sizes}]" : $"[{sizes}]";
    }
}
