using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu.Channels;

/// <summary>
/// How a convolution is computed: by the library class that does it. The choice depends on the sizes and on what the network allows, never on the
/// machine.
/// </summary>
/// <param name="Class">The class.</param>
/// <param name="WeightOrder">What the library calls the order in which it reads the weights; empty where it takes them as they are.</param>
/// <param name="Reason">Why, for the reader of the emitted code.</param>
sealed record ConvolutionAlgorithm(string Class, string WeightOrder, string Reason)
{
    const string Plain = "A plain sum of products, as the network asks.";

    public static ConvolutionAlgorithm Of(ConvolutionGeometry g, string algorithms)
    {
        if (g.IsForColumns)
        {
            return new("ColumnConvolution", "", "Many weights for few pixels: columns of the image are multiplied by the weights as they are.");
        }

        if (!g.IsForTransforms || (Winograd(g) ?? FftTiles.Choose(g)) is not { } fastest)
        {
            return Direct("");
        }

        return algorithms == "Exact" ? Direct(Plain) : fastest;
    }

    static ConvolutionAlgorithm? Winograd(ConvolutionGeometry g) => !g.IsForWinograd
        ? null
        : new("WinogradConvolution", "WeightOrder.Winograd", g.KernelHeight == 3
            ? "Winograd F(4×4, 3×3): 36 products for 16 results instead of 144."
            : "Winograd F(2×2, 5×5): 36 products for 4 results instead of 100.");

    /// <summary>The same where lanes are samples: without groups, and where the tiles' products and transforms are less than the plain products.</summary>
    public static ConvolutionAlgorithm OfSamples(ConvolutionGeometry g, string algorithms)
    {
        const int places = 36;
        const double transforms = 1.5;
        var tile = 7 - g.KernelHeight;
        var (height, width) = (g.OutputHeight.Value, g.OutputWidth.Value);
        if (g.Group > 1
            || Of(g, "") is not { Class: "WinogradConvolution" } winograd
            || transforms * places * Tiles(height) * Tiles(width) >= g.KernelHeight * g.KernelWidth * height * width)
        {
            return new("SampleConvolution", "", "");
        }

        return algorithms == "Exact"
            ? new("SampleConvolution", "", Plain)
            : winograd with { Class = "SampleWinograd", WeightOrder = "WeightOrder.SampleWinograd" };

        long Tiles(long size) => (size + tile - 1) / tile;
    }

    static ConvolutionAlgorithm Direct(string reason) => new("DirectConvolution", "WeightOrder.Direct", reason);
}
