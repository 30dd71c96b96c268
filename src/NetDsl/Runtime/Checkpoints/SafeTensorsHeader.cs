namespace NetDsl.Runtime.Checkpoints;

/// <summary>The header of a safetensors file, checked: every tensor lies within the file, and together they fill it without holes or overlaps.</summary>
/// <param name="Tensors">In the order of their bytes.</param>
/// <param name="Metadata">Text by name, checksums left out.</param>
/// <param name="HasChecksums">Every tensor has a checksum, and the header's own was found right.</param>
public sealed record SafeTensorsHeader(IReadOnlyList<TensorEntry> Tensors, IReadOnlyDictionary<string, string> Metadata, bool HasChecksums)
{
    /// <summary>Bytes of the number in front of the header, which says how long it is.</summary>
    public const int LengthBytes = sizeof(ulong);

    /// <summary>The longest header that is read: as in the reference implementation.</summary>
    public const long MaximumLength = 100_000_000;

    /// <summary>The most axes of a tensor: as in Caffe.</summary>
    public const int MaximumAxes = 32;
}
