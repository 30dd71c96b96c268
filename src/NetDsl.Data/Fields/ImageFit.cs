namespace NetDsl.Data;

/// <summary>
/// How an image of one shape fills an input of another, element by element:
/// the same number of elements is read in the same order (<c>[28, 28]</c> rows as the time steps of an LSTM, <c>[784]</c>);
/// a grey image is repeated for each channel; a larger input gets the image enlarged by the largest whole factor that fits, each pixel repeated, in
/// the middle of zeros (1×28×28 becomes 3×32×32 with a frame of two pixels). An image is never cut or shrunk.
/// </summary>
sealed class ImageFit
{
    const int Nothing = -1;

    readonly int[] sources;

    ImageFit(int[] sources, bool identity, string? description) => (this.sources, IsIdentity, Description) = (sources, identity, description);

    /// <summary>Every element is taken as it is.</summary>
    public bool IsIdentity { get; }

    /// <summary>What was done to the image, for the reader; null if nothing.</summary>
    public string? Description { get; }

    /// <summary>Elements of the input.</summary>
    public int Length => sources.Length;

    /// <summary>The element of the image for an element of the input; negative where there is none and the input is zero.</summary>
    public ReadOnlySpan<int> Sources => sources;

    /// <summary>The way from <paramref name="image"/> to <paramref name="input"/>, or null where there is none.</summary>
    public static ImageFit? Create(IReadOnlyList<int> image, IReadOnlyList<int> input)
    {
        var length = Product(input);
        if (length == Product(image))
        {
            return new([.. Enumerable.Range(0, length)], identity: true, description: null);
        }

        if (image.Count != 3 || input.Count is not (2 or 3))
        {
            return null;
        }

        var (channels, height, width) = (image[0], image[1], image[2]);
        var (inputChannels, inputHeight, inputWidth) = input.Count == 3 ? (input[0], input[1], input[2]) : (1, input[0], input[1]);
        if (channels != inputChannels && channels != 1 || height > inputHeight || width > inputWidth)
        {
            return null;
        }

        var factor = Math.Min(inputHeight / height, inputWidth / width);
        int top = (inputHeight - (height * factor)) / 2, left = (inputWidth - (width * factor)) / 2;
        var sources = new int[length];
        for (var i = 0; i < length; i++)
        {
            var channel = channels == 1 ? 0 : i / (inputHeight * inputWidth);
            int y = (i / inputWidth % inputHeight) - top, x = (i % inputWidth) - left;
            var inside = y >= 0 && y < height * factor && x >= 0 && x < width * factor;
            sources[i] = inside ? (((channel * height) + (y / factor)) * width) + (x / factor) : Nothing;
        }
        var enlarged = factor == 1 ? "" : $", each pixel {factor}×{factor}";
        return new(sources, identity: false, $"{string.Join('×', image)} placed in {string.Join('×', input)}{enlarged}");
    }

    static int Product(IReadOnlyList<int> shape) => shape.Aggregate(1, static (product, size) => checked(product * size));
}
