namespace NetDsl.Generators.Emit.Cpu.Channels;

/// <summary>
/// How a convolution in channel blocks is computed: by the library class that does it. The choice depends on the sizes and on what the network allows, never on the
/// machine.
/// </summary>
/// <param name="Class">The class.</param>
/// <param name="WeightOrder">What the library calls the order in which it reads the weights.</param>
/// <param name="Reason">Why, for the reader of the emitted code.</param>
sealed record ConvolutionAlgorithm(string Class, string WeightOrder, string Reason)
{
    /// <summary>Channels on both sides from which the transforms cost less than they save.</summary>
    const int EnoughChannels = 32;

    public static ConvolutionAlgorithm Of(ConvolutionGeometry g, string algorithms)
    {
        var fits = g is { KernelHeight: 3, KernelWidth: 3, StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1, Group: 1, PaddingHeight: <= 2, PaddingWidth: <= 2 };
        if (!fits || g.Channels < EnoughChannels || g.Filters < EnoughChannels)
        {
            return Direct("");
        }

        return algorithms == "Exact"
            ? Direct("A plain sum of products, as the network asks.")
            : new("WinogradConvolution", "WeightOrder.Winograd", "Winograd F(4×4, 3×3): 36 products for 16 results instead of 144.");
    }

    static ConvolutionAlgorithm Direct(string reason) => new("DirectConvolution", "WeightOrder.Direct", reason);
}
