using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Blurs each channel of [N, C, H, W]: every pixel becomes the mean of all, weighted by a Gaussian of their distance. Computed on a permutohedral
    /// lattice (Adams, Baek and Davis 2010), so it is an approximation: of a Gaussian's mean it is off by a few percent. A routine: it runs on the CPU only, one sample to a thread.
    /// </summary>
    /// <param name="x">The input.</param>
    /// <param name="position">The standard deviation, in pixels.</param>
    [Operator("[N, C, H, W] -> [N, C, H, W]", Kernel = typeof(SpatialFilterKernel))]
    [Requires("position > 0", "the standard deviation is {position}; it must be positive", Argument = "position")]
    public static Tensor SpatialFilter(Tensor x, float position) => throw new NotExecutableException();

    /// <summary>
    /// Blurs each channel of [N, C, H, W] as far as an image stays alike: every pixel becomes the mean of all, weighted by a Gaussian of their distance and one of the difference of their colours.
    /// Computed on a permutohedral lattice that is built for each image (Adams, Baek and Davis 2010), so it is an approximation. No gradient flows to the image. A routine: it
    /// runs on the CPU only, one sample to a thread.
    /// </summary>
    /// <param name="x">The input.</param>
    /// <param name="image">[N, D, H, W]: the image; of three channels as a rule.</param>
    /// <param name="position">The standard deviation of positions, in pixels.</param>
    /// <param name="colour">The standard deviation of colours, in the image's units.</param>
    [Operator("[N, C, H, W], [N, D, H, W] -> [N, C, H, W]", Kernel = typeof(BilateralFilterKernel))]
    [Requires("position > 0", "the standard deviation is {position}; it must be positive", Argument = "position")]
    [Requires("colour > 0", "the standard deviation is {colour}; it must be positive", Argument = "colour")]
    public static Tensor BilateralFilter(Tensor x, Tensor image, float position, float colour) => throw new NotExecutableException();
}

/// <summary>A Gaussian mean over positions.</summary>
public static class SpatialFilterKernel
{
    /// <summary>y[c, i] = Σ k(i, j) x[c, j] / Σ k(i, j).</summary>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, int C, int H, int W, float position) =>
        PixelFeatures.Spatial(H, W, position).Filter(x, y, C);

    /// <summary>The transpose.</summary>
    [GradientOf("x")]
    public static void InputGradient(ReadOnlySpan<float> dy, Span<float> dx, int C, int H, int W, float position) =>
        PixelFeatures.Spatial(H, W, position).Transposed(dy, dx, C);
}

/// <summary>A Gaussian mean over positions and colours.</summary>
public static class BilateralFilterKernel
{
    /// <summary>y[c, i] = Σ k(i, j) x[c, j] / Σ k(i, j), with the image's colours in k.</summary>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> image, Span<float> y, int C, int H, int W, float position, float colour) =>
        PixelFeatures.Bilateral(image, H, W, position, colour).Filter(x, y, C);

    /// <summary>The transpose.</summary>
    [GradientOf("x")]
    public static void InputGradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> image, Span<float> dx, int C, int H, int W, float position, float colour) =>
        PixelFeatures.Bilateral(image, H, W, position, colour).Transposed(dy, dx, C);
}
