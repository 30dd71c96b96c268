using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>The sizes of a convolution, read from the constants of its node.</summary>
sealed record ConvolutionGeometry(
    int Channels, int Height, int Width,
    int Filters, int OutputHeight, int OutputWidth,
    int KernelHeight, int KernelWidth,
    int StrideHeight, int StrideWidth,
    int PaddingHeight, int PaddingWidth,
    int DilationHeight, int DilationWidth,
    int Group)
{
    public int ChannelsPerGroup => Channels / Group;

    public int FiltersPerGroup => Filters / Group;

    public static ConvolutionGeometry Of(Node node) => new(
        node.Integer("C"), node.Integer("H"), node.Integer("W"),
        node.Integer("K"), node.Integer("HO"), node.Integer("WO"),
        node.Integer("kernelHeight"), node.Integer("kernelWidth"),
        node.Integer("strideHeight"), node.Integer("strideWidth"),
        node.Integer("paddingHeight"), node.Integer("paddingWidth"),
        node.Integer("dilationHeight"), node.Integer("dilationWidth"),
        node.Integer("group"));

    /// <summary>The input column that tap <paramref name="kw"/> of output column <paramref name="wo"/> reads, or null in the padding.</summary>
    public int? InputColumn(int wo, int kw)
    {
        var column = wo * StrideWidth + kw * DilationWidth - PaddingWidth;
        return column >= 0 && column < Width ? column : null;
    }

    /// <summary>The output column that reads input column <paramref name="w"/> through tap <paramref name="kw"/>, or null.</summary>
    public int? OutputColumn(int w, int kw)
    {
        var column = w + PaddingWidth - kw * DilationWidth;
        return column >= 0 && column % StrideWidth == 0 && column / StrideWidth < OutputWidth ? column / StrideWidth : null;
    }
}
