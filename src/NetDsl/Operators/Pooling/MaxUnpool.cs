using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Max unpooling (DeconvNet, Zeiler and Fergus 2014; SegNet, Badrinarayanan et al. 2017): puts each element of [N, C, HO, WO] where <see cref="MaxPool(int, int?, int, Rounding)"/> with the
    /// same arguments found the maximum of its window in <paramref name="source"/>, [N, C, H, W], and 0 elsewhere. Windows that share a maximum add up. No gradient reaches
    /// <paramref name="source"/> through it.
    /// </summary>
    /// <param name="source">What was pooled.</param>
    /// <param name="kernel">Height and width of the window, in pixels.</param>
    /// <param name="stride">Step between windows; the kernel's size unless given.</param>
    /// <param name="padding">Border around the source on each side, in pixels.</param>
    /// <param name="rounding">How windows that reach over the border count.</param>
    [Block]
    public static Layer MaxUnpool(Tensor source, int kernel, int? stride = null, int padding = 0, Rounding rounding = Rounding.Ceiling) =>
        x => MaxUnpool(x, source, (kernel, kernel), (stride ?? kernel, stride ?? kernel), (padding, padding), rounding);

    /// <summary>As <see cref="MaxUnpool(Tensor, int, int?, int, Rounding)"/>, with heights and widths of their own.</summary>
    [Operator("[N, C, HO, WO], [N, C, H, W] -> [N, C, H, W]", Kernel = typeof(MaxUnpoolKernel), Channelwise = true)]
    [Position("h = stride.Height*ho + 0.5*(kernel.Height - 1) - padding.Height")]
    [Position("w = stride.Width*wo + 0.5*(kernel.Width - 1) - padding.Width")]
    [Requires("kernel.Height > 0 && kernel.Width > 0", "the window is {kernel.Height}×{kernel.Width}; it must be at least 1×1", Argument = "kernel")]
    [Requires("stride.Height > 0 && stride.Width > 0", "the stride is {stride.Height}×{stride.Width}; it must be at least 1", Argument = "stride")]
    [Requires("padding.Height >= 0 && padding.Width >= 0 && padding.Height < kernel.Height && padding.Width < kernel.Width", "the padding is {padding.Height}×{padding.Width}; it must be at least 0 and smaller than the {kernel.Height}×{kernel.Width} window", Argument = "padding")]
    [Requires(
        "HO == pooled(H, kernel.Height, stride.Height, padding.Height, rounding) && WO == pooled(W, kernel.Width, stride.Width, padding.Width, rounding)",
        "pooling the source gives {pooled(H, kernel.Height, stride.Height, padding.Height, rounding)}×{pooled(W, kernel.Width, stride.Width, padding.Width, rounding)}, not {HO}×{WO}; use the arguments of its MaxPool")]
    public static Tensor MaxUnpool(
        Tensor x, Tensor source, (int Height, int Width) kernel, (int Height, int Width) stride, (int Height, int Width) padding, Rounding rounding = Rounding.Ceiling) =>
        throw new NotExecutableException();
}

/// <summary>Elements put where the maxima of windows were.</summary>
public static class MaxUnpoolKernel
{
    /// <summary>Channel c of y: each element of x at the first largest element of its window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView>(
        TView x, TView source, TView y, int c,
        int H, int W, int HO, int WO, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        for (var i = c * H * W; i < (c + 1) * H * W; i++)
        {
            y[i] = T.Create(0);
        }

        for (var ho = 0; ho < HO; ho++)
        {
            for (var wo = 0; wo < WO; wo++)
            {
                var largest = MaxPoolKernel.Forward<T, TView>(
                    source, c, ho, wo, H, W, kernelHeight, kernelWidth, strideHeight, strideWidth, paddingHeight, paddingWidth);
                var value = x[(c * HO + ho) * WO + wo];
                for (var h = Math.Max(ho * strideHeight - paddingHeight, 0); h < Math.Min(ho * strideHeight - paddingHeight + kernelHeight, H); h++)
                {
                    for (var w = Math.Max(wo * strideWidth - paddingWidth, 0); w < Math.Min(wo * strideWidth - paddingWidth + kernelWidth, W); w++)
                    {
                        var i = (c * H + h) * W + w;
                        var hit = T.Equal(source[i], largest);
                        y[i] += T.Select(hit, value, T.Create(0));
                        value = T.Select(hit, T.Create(0), value);
                    }
                }
            }
        }
    }

    /// <summary>dx[c, ho, wo] = dy at the first largest element of the window.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView>(
        TView dy, TView source, int c, int ho, int wo,
        int H, int W, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var top = Math.Max(ho * strideHeight - paddingHeight, 0);
        var left = Math.Max(wo * strideWidth - paddingWidth, 0);
        var largest = source[(c * H + top) * W + left];
        var gradient = dy[(c * H + top) * W + left];
        for (var h = top; h < Math.Min(ho * strideHeight - paddingHeight + kernelHeight, H); h++)
        {
            for (var w = left; w < Math.Min(wo * strideWidth - paddingWidth + kernelWidth, W); w++)
            {
                var i = (c * H + h) * W + w;
                var better = T.Greater(source[i], largest);
                largest = T.Select(better, source[i], largest);
                gradient = T.Select(better, dy[i], gradient);
            }
        }

        return gradient;
    }
}
