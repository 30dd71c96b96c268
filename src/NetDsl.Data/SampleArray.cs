namespace NetDsl.Data;

/// <summary>A named array of bytes, one piece a sample: images, class indices.</summary>
/// <param name="name">What it is: <c>image</c>, <c>label</c>.</param>
/// <param name="shape">The shape of one sample: <c>[1, 28, 28]</c>; <c>[]</c> for a class index.</param>
/// <param name="bytes">All samples, one after the other, each in row-major order.</param>
public sealed class SampleArray(string name, IReadOnlyList<int> shape, ReadOnlyMemory<byte> bytes)
{
    /// <summary>What it is: <c>image</c>, <c>label</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The shape of one sample.</summary>
    public IReadOnlyList<int> Shape { get; } = shape;

    /// <summary>All samples, one after the other.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>Elements of one sample.</summary>
    public int Length { get; } = shape.Aggregate(1, static (length, size) => length * size);

    /// <summary>The number of samples.</summary>
    public int Count => Bytes.Length / Length;

    /// <summary>The bytes of a sample.</summary>
    public ReadOnlySpan<byte> this[int sample] => Bytes.Span.Slice(sample * Length, Length);
}
