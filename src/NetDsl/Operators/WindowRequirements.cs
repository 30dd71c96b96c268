namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Fails while compiling where a window of one size for all axes is empty or does not move. Signals and volumes are computed as images, which would say it of two axes.
    /// </summary>
    /// <param name="kernel">Its size.</param>
    /// <param name="stride">Its step.</param>
    /// <param name="what">What to call it: <c>kernel</c>, <c>window</c>.</param>
    [Block]
    public static void RequireWindow(int kernel, int stride, string what)
    {
        RequirePositive(kernel, nameof(kernel), $"the {what}");
        RequirePositive(stride, nameof(stride), "the stride");
    }

    /// <summary>As <see cref="RequireWindow"/>, for a pooling: no window may lie in the padding.</summary>
    [Block]
    public static void RequirePooling(int kernel, int stride, int padding)
    {
        RequireWindow(kernel, stride, "window");
        if (padding < 0 || padding >= kernel)
        {
            throw new ArgumentException($"the padding is {padding}; it must be at least 0 and smaller than the window of {kernel}", nameof(padding));
        }
    }

    /// <summary>Fails while compiling where a signal, [N, C, L], is shorter than a window.</summary>
    /// <param name="x">The signal.</param>
    /// <param name="needed">What the window needs, in elements, padding taken off.</param>
    /// <param name="kernel">The length of the window.</param>
    /// <param name="what">What to call it.</param>
    [Block]
    public static void RequireLength(Tensor x, int needed, int kernel, string what)
    {
        RequireAxes(x, 3, "[N, C, L]");
        if (needed > x.Shape[2])
        {
            throw new ArgumentException($"the {what} of {kernel} does not fit {x.Shape[2]} elements; add padding or use a shorter one", nameof(kernel));
        }
    }

    /// <summary>Fails while compiling where a volume, [N, C, D, H, W], is smaller than a window.</summary>
    /// <param name="x">The volume.</param>
    /// <param name="needed">What the window needs on each axis, in voxels, padding taken off.</param>
    /// <param name="kernel">The size of the window.</param>
    [Block]
    public static void RequireVolume(Tensor x, int needed, int kernel)
    {
        RequireAxes(x, 5, "[N, C, D, H, W]");
        if (needed > x.Shape[2] || needed > x.Shape[3] || needed > x.Shape[4])
        {
            throw new ArgumentException($"the window of {kernel} does not fit {x.Shape[2]}×{x.Shape[3]}×{x.Shape[4]} voxels; add padding or use a smaller one", nameof(kernel));
        }
    }
}
