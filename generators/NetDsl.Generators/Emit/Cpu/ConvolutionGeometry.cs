using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

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
