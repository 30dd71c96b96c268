namespace NetDsl.Kernels;

/// <summary>The sizes of a convolution by Fourier transforms of 16, 32 or 64 points on a side.</summary>
static class FftPass
{
    /// <summary>Fewest tiles of a set that is cut for the sake of threads.</summary>
    const int LeastTiles = 6;

    /// <summary>Floats of a set's transformed values.</summary>
    const long SetBudget = 4L << 20;

    public static TransformedPass Forward(in ConvolutionShape shape) => Of(shape, gradient: false);

    public static TransformedPass Gradient(in ConvolutionShape shape) => Of(shape, gradient: true);

    /// <summary>Floats of scratch.</summary>
    public static long Scratch(in TransformedPass pass) => pass.Scratch + FftTile.Scratch(pass.Points);

    /// <summary>A set has fewer tiles where there are many channels, so that the last-level cache holds their values.</summary>
    static TransformedPass Of(in ConvolutionShape shape, bool gradient)
    {
        var points = FftConvolution.Points(shape);
        var places = FftTile.Places(points);
        var blocks = ChannelBlocks.Count((gradient ? shape.Filters : shape.Channels) / shape.Group);
        var tiles = (int)Math.Clamp(SetBudget / ((long)places * (blocks + 2) * ChannelBlocks.Lanes) / 7 * 7, 7, TransformedPass.MostTiles);
        return new(shape, gradient, points, places, tiles, LeastTiles);
    }
}
