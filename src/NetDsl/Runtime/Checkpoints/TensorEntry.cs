namespace NetDsl.Runtime.Checkpoints;

/// <summary>Where a tensor lies in a file.</summary>
/// <param name="Name">Its name: <c>conv1.weight</c>.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Offset">Where it begins, in bytes from the start of the file.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="Checksum">The XxHash3 of its bytes in 16 hexadecimal digits; null where the file has none.</param>
public sealed record TensorEntry(string Name, ElementType Type, IReadOnlyList<long> Shape, long Offset, long Length, string? Checksum)
{
    /// <summary>The number of elements.</summary>
    public long Count => Length / Type.Size();
}
