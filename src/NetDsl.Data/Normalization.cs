namespace NetDsl.Data;

/// <summary>How a byte becomes a network's number: (byte - mean) * scale, as Caffe's <c>transform_param</c>.</summary>
/// <param name="Scale">The factor.</param>
/// <param name="Mean">One number, or one for each channel; none for zero.</param>
public sealed record Normalization(float Scale, IReadOnlyList<float> Mean)
{
    /// <summary>Into [0, 1) by 1/256, as Caffe's MNIST example.</summary>
    public static Normalization Unit { get; } = new(1f / 256, []);

    /// <summary>The mean for each element of an image.</summary>
    /// <exception cref="InvalidDataException">The numbers are not one for each channel.</exception>
    internal float[] Expand(IReadOnlyList<int> image)
    {
        int channels = image.Count == 3 ? image[0] : 1;
        if (Mean.Count > 1 && Mean.Count != channels)
            throw new InvalidDataException($"The mean has {Mean.Count} numbers, but the images have {channels} channel(s).");
        int length = image.Aggregate(1, static (length, size) => length * size);
        return Mean.Count == 0 ? [] : [.. Enumerable.Range(0, length).Select(i => Mean[Mean.Count == 1 ? 0 : i / (length / channels)])];
    }
}
