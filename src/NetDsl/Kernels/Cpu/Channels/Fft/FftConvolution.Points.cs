namespace NetDsl.Kernels;

/// <content>How large the tiles are.</content>
public static partial class FftConvolution
{
    /// <summary>Weights of a kernel's element, in a group, of which no cache holds the transforms by 32×32 points.</summary>
    const int ManyWeights = 32 * 32;

    /// <summary>
    /// Points on a side of a tile: the fewest of which a good part are results. More points need fewer products, but memory for them that no cache holds. The compiler
    /// reckons with the same.
    /// </summary>
    internal static int Points(in ConvolutionShape shape) => Math.Max(shape.KernelHeight, shape.KernelWidth) switch
    {
        <= 9 => 16,
        <= 11 when shape.Channels / shape.Group * (shape.Filters / shape.Group) > ManyWeights => 16,
        <= 23 => 32,
        _ => 64,
    };
}
