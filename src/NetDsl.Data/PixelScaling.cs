namespace NetDsl.Data;

/// <summary>How a byte becomes a network's number: (byte - mean) * scale, as Caffe's <c>transform_param</c>.</summary>
/// <param name="Scale">The factor.</param>
/// <param name="Mean">One number, or one for each channel; none for zero.</param>
public sealed record PixelScaling(float Scale, IReadOnlyList<float> Mean)
{
    /// <summary>Into [0, 1) by 1/256, as Caffe's MNIST example.</summary>
    public static PixelScaling Unit { get; } = new(1f / 256, []);

    /// <summary>The mean for each element of a network's input: a grey image that is repeated for three channels may have a mean for each.</summary>
    /// <exception cref="InvalidDataException">The numbers are not one for each channel.</exception>
    internal float[] Expand(IReadOnlyList<int> input)
    {
        var channels = input.Count == 3 ? input[0] : 1;
        if (Mean.Count > 1 && Mean.Count != channels)
        {
            throw new InvalidDataException($"The mean has {Mean.Count} numbers, but the input has {channels} channel{(channels == 1 ? "" : "s")}.");
        }

        var length = input.Aggregate(1, static (length, size) => length * size);
        return Mean.Count == 0 ? [] : [.. Enumerable.Range(0, length).Select(i => Mean[Mean.Count == 1 ? 0 : i / (length / channels)])];
    }
}
