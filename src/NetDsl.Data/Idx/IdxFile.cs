namespace NetDsl.Data;

/// <summary>The contents of an IDX file of unsigned bytes, the format of MNIST: a shape, and the elements in row-major order.</summary>
/// <param name="Name">The file's path, for messages.</param>
/// <param name="Shape">Samples first: <c>[60000, 28, 28]</c>.</param>
/// <param name="Bytes">As many as the shape says.</param>
public sealed record IdxFile(string Name, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The first axis.</summary>
    public int Count => Shape[0];
}
