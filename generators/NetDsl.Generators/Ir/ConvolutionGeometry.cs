namespace NetDsl.Generators.Ir;

/// <summary>The sizes of a convolution, read from the constants of its node.</summary>
sealed record ConvolutionGeometry(
    int Channels, Size Height, Size Width,
    int Filters, Size OutputHeight, Size OutputWidth,
    int KernelHeight, int KernelWidth,
    int StrideHeight, int StrideWidth,
    int PaddingHeight, int PaddingWidth,
    int DilationHeight, int DilationWidth,
    int Group)
{
    /// <summary>Weights and filters of a layer from which, and pixels up to which, it costs more to bring the weights into another order than to multiply by them.</summary>
    const long ManyWeights = 4_000_000;
    const int ManyFilters = 1024;
    const long FewPixels = 512;

    /// <summary>Channels up to which a block of sixteen would be mostly empty: as many as the library's <c>DirectPass</c> takes in rows, which refuses more.</summary>
    const int FewChannels = 8;

    /// <summary>Channels of a group on both sides from which transforms cost less than they save; with several groups, each must be whole blocks.</summary>
    const int EnoughChannels = 16;

    /// <summary>A kernel at every pixel, with channels enough on both sides, so that it may pay to transform tiles of the image.</summary>
    public bool IsForTransforms =>
        this is { StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1 }
        && Math.Min(Channels, Filters) / Group >= EnoughChannels
        && (Group == 1 || (Channels / Group % EnoughChannels == 0 && Filters / Group % EnoughChannels == 0));

    /// <summary>A kernel that Winograd's algorithm serves: 3×3 or 5×5, at every pixel.</summary>
    public bool IsForWinograd =>
        this is { StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1, KernelHeight: 3 or 5 }
        && KernelWidth == KernelHeight
        && PaddingHeight < KernelHeight
        && PaddingWidth < KernelWidth;

    /// <summary>Columns of the image are multiplied by the weights as they are: those of a fully convolutional head, say, are read once and serve few pixels.</summary>
    public bool IsForColumns =>
        Group == 1
        && Filters >= ManyFilters
        && !IsForWinograd
        && (long)Channels * Filters * KernelHeight * KernelWidth >= ManyWeights
        && OutputHeight.Value * OutputWidth.Value <= FewPixels;

    /// <summary>The library takes the input in rows as well as in channel blocks: it copies the few channels that there are, as the kernel's rows read them.</summary>
    public bool TakesRows =>
        Channels <= FewChannels
        && KernelWidth > 1
        && DilationWidth == 1
        && !IsForColumns
        && !(Group > 1 && Group == Channels && Group == Filters);

    /// <summary>The node has them; a graph in text need not.</summary>
    public static bool IsOf(Node node) => node.Constants.Any(static c => c.Name == "kernelHeight") && node.Constants.Any(static c => c.Name == "HO");

    public static ConvolutionGeometry Of(Node node) => new(
        node.Integer("C"), node.Size("H"), node.Size("W"),
        node.Integer("K"), node.Size("HO"), node.Size("WO"),
        node.Integer("kernelHeight"), node.Integer("kernelWidth"),
        node.Integer("strideHeight"), node.Integer("strideWidth"),
        node.Integer("paddingHeight"), node.Integer("paddingWidth"),
        node.Integer("dilationHeight"), node.Integer("dilationWidth"),
        node.Integer("group"));
}
