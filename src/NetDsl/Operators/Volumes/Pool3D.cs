namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The maximum over windows of [N, C, D, H, W], as <see cref="MaxPool(int, int?, int, Rounding)"/> over planes and then along the depth: the maximum of maxima. Ties go to the
    /// first element, in the order of depth, height, width.
    /// </summary>
    /// <param name="kernel">Depth, height and width of the window, in voxels.</param>
    /// <param name="stride">Step between windows; the kernel's size unless given.</param>
    /// <param name="padding">Border around the input on each side, in voxels.</param>
    /// <param name="rounding">How windows that reach over the border count.</param>
    [Block]
    public static Layer MaxPool3D(int kernel, int? stride = null, int padding = 0, Rounding rounding = Rounding.Ceiling)
    {
        RequirePooling(kernel, stride ?? kernel, padding);
        return x =>
        {
            RequireVolume(x, kernel - 2 * padding, kernel);
            return OverPlanesAndDepth(x, MaxPool(kernel, stride, padding, rounding), MaxPool((kernel, 1), (stride ?? kernel, 1), (padding, 0), rounding));
        };
    }

    /// <summary>The average over windows of [N, C, D, H, W], with the divisor of <see cref="AvgPool(int, int?, int, Rounding)"/> on each axis.</summary>
    /// <param name="kernel">Depth, height and width of the window, in voxels.</param>
    /// <param name="stride">Step between windows; the kernel's size unless given.</param>
    /// <param name="padding">Zeros around the input on each side, in voxels.</param>
    /// <param name="rounding">How windows that reach over the border count.</param>
    [Block]
    public static Layer AvgPool3D(int kernel, int? stride = null, int padding = 0, Rounding rounding = Rounding.Ceiling)
    {
        RequirePooling(kernel, stride ?? kernel, padding);
        return x =>
        {
            RequireVolume(x, kernel - 2 * padding, kernel);
            return OverPlanesAndDepth(x, AvgPool(kernel, stride, padding, rounding), AvgPool((kernel, 1), (stride ?? kernel, 1), (padding, 0), rounding));
        };
    }

    /// <summary>Applies one pooling to the planes of [N, C, D, H, W], each as a channel, and another to depth and positions.</summary>
    /// <param name="x">The input.</param>
    /// <param name="planes">A pooling of [N, C · D, H, W].</param>
    /// <param name="depth">A pooling of [N, C, D, HO · WO].</param>
    [Block]
    public static Tensor OverPlanesAndDepth(Tensor x, Layer planes, Layer depth)
    {
        RequireAxes(x, 5, "[N, C, D, H, W]");
        var (channels, size) = (x.Shape[1], x.Shape[2]);
        var pooled = planes(Reshape(x, [channels * size, x.Shape[3], x.Shape[4]]));
        return Reshape(depth(Reshape(pooled, [channels, size, -1])), [channels, -1, pooled.Shape[2], pooled.Shape[3]]);
    }
}
