namespace NetDsl.Kernels;

/// <summary>The sizes of a convolution by F(4×4, 3×3) or F(2×2, 5×5).</summary>
static class WinogradPass
{
    /// <summary>Elements of a transformed tile.</summary>
    public const int Places = WinogradTransform.Points * WinogradTransform.Points;

    public static TransformedPass Forward(in ConvolutionShape shape) => Of(shape, gradient: false);

    public static TransformedPass Gradient(in ConvolutionShape shape) => Of(shape, gradient: true);

    /// <summary>Floats of scratch: a tile of results behind what every transform takes.</summary>
    public static long Scratch(in TransformedPass pass) => pass.Scratch + (long)pass.TileHeight * pass.TileWidth * ChannelBlocks.Lanes;

    static TransformedPass Of(in ConvolutionShape shape, bool gradient) => new(shape, gradient, WinogradTransform.Points, Places, TransformedPass.MostTiles);
}
