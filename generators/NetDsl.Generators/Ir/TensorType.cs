using System.Globalization;

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
sealed record TensorType(bool Batched, EquatableArray<Size> Sizes)
{
    /// <summary>Channels of a block, and floats to the widest vector.</summary>
    public const int BlockSize = 16;

    /// <summary>Elements of one sample.</summary>
    public Size Count => Size.Product(Sizes);

    /// <summary>Where the elements lie; passes before LayoutAssignment leave it alone.</summary>
    public Storage Storage { get; init; }

    /// <summary>Floats of one sample in memory, what fills up vectors and channel blocks included.</summary>
    public Size MemoryCount => Storage switch
    {
        Storage.Rows => (Count + BlockSize - 1) / BlockSize * BlockSize,
        Storage.Blocks => Blocks * BlockSize * Positions,
        _ => Count,
    };

    /// <summary>Blocks of channels, the last one perhaps not full.</summary>
    public Size Blocks => (Sizes[0] + BlockSize - 1) / BlockSize;

    /// <summary>Elements of a channel.</summary>
    public Size Positions => Size.Product(Sizes.Skip(1));

    /// <summary>A uniform value with no axis: a loss.</summary>
    public bool IsScalar => !Batched && Sizes.Count == 0;

    public static TensorType Sample(params Size[] sizes) => new(true, sizes.ToEquatableArray());

    public static TensorType Uniform(params Size[] sizes) => new(false, sizes.ToEquatableArray());

    /// <summary>It has an axis whose size an instance decides.</summary>
    public bool IsFree => Sizes.Any(static s => s.IsFree);

    /// <summary>Equal where height and width are those of the reference: what is so in a verified graph is a condition on instances.</summary>
    public bool Matches(TensorType other) =>
        Batched == other.Batched && Storage == other.Storage && Sizes.Select(static s => s.Value).SequenceEqual(other.Sizes.Select(static s => s.Value));

    /// <summary>As users read it, with the sizes at the reference: <c>[N, 20, 24, 24]</c>, <c>[500, 800]</c>, <c>[]</c>.</summary>
    public override string ToString() => Text(static size => size.Value.ToString(CultureInfo.InvariantCulture));

    /// <summary>As readers of the emitted code see it, where free sizes have names: <c>[N, 64, Height1, Width1]</c>.</summary>
    public string Symbolic => Text(static size => FreeSizes.Bare(size.ToString()));

    string Text(Func<Size, string> text)
    {
        var sizes = string.Join(", ", Sizes.Select(text));
        return Batched ? sizes.Length == 0 ? "[N]" : $"[N, {sizes}]" : $"[{sizes}]";
    }
}
