using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The average over windows of [N, C, H, W]. Caffe's divisor: zero padding counts, what lies beyond it does not, so that a window clipped by
    /// <see cref="Rounding.Ceiling"/> is divided by fewer elements.
    /// </summary>
    /// <param name="kernel">Height and width of the window, in pixels.</param>
    /// <param name="stride">Step between windows; the kernel's size unless given.</param>
    /// <param name="padding">Zeros around the input on each side, in pixels.</param>
    /// <param name="rounding">How windows that reach over the border count.</param>
    [Block]
    public static Layer AvgPool(int kernel, int? stride = null, int padding = 0, Rounding rounding = Rounding.Ceiling) =>
        AvgPool((kernel, kernel), (stride ?? kernel, stride ?? kernel), (padding, padding), rounding);

    /// <summary>As <see cref="AvgPool(int, int?, int, Rounding)"/>, with heights and widths of their own.</summary>
    [Operator(
        "[N, C, H, W] -> [N, C, HO = pooled(H, kernel.Height, stride.Height, padding.Height, rounding), WO = pooled(W, kernel.Width, stride.Width, padding.Width, rounding)]",
        Kernel = typeof(AvgPoolKernel),
        Fusion = Fusion.Injective,
        Channelwise = true)]
    [Position("h = stride.Height*ho + 0.5*(kernel.Height - 1) - padding.Height")]
    [Position("w = stride.Width*wo + 0.5*(kernel.Width - 1) - padding.Width")]
    [Requires("kernel.Height > 0 && kernel.Width > 0", "the window is {kernel.Height}×{kernel.Width}; it must be at least 1×1", Argument = "kernel")]
    [Requires("stride.Height > 0 && stride.Width > 0", "the stride is {stride.Height}×{stride.Width}; it must be at least 1", Argument = "stride")]
    [Requires("padding.Height >= 0 && padding.Width >= 0 && padding.Height < kernel.Height && padding.Width < kernel.Width", "the padding is {padding.Height}×{padding.Width}; it must be at least 0 and smaller than the {kernel.Height}×{kernel.Width} window", Argument = "padding")]
    [Requires("kernel.Height <= H + 2*padding.Height && kernel.Width <= W + 2*padding.Width", "the window is {kernel.Height}×{kernel.Width}; use kernel ≤ {min(H + 2*padding.Height, W + 2*padding.Width)}")]
    [Requires("(HO - 1)*stride.Height < H + padding.Height && (WO - 1)*stride.Width < W + padding.Width", "the last window lies outside the input; use 'rounding: Rounding.Floor'")]
    public static Layer AvgPool((int Height, int Width) kernel, (int Height, int Width) stride, (int Height, int Width) padding, Rounding rounding = Rounding.Ceiling) =>
        throw new NotExecutableException();

    /// <summary>The average of each channel: [N, C, H, W] to [N, C, 1, 1].</summary>
    [Block]
    public static Tensor GlobalAvgPool(Tensor x)
    {
        RequireAxes(x, 4, "[N, C, H, W]");
        return AvgPool((x.Shape[2], x.Shape[3]), (1, 1), (0, 0))(x);
    }

    /// <summary>The maximum of each channel: [N, C, H, W] to [N, C, 1, 1].</summary>
    [Block]
    public static Tensor GlobalMaxPool(Tensor x)
    {
        RequireAxes(x, 4, "[N, C, H, W]");
        return MaxPool((x.Shape[2], x.Shape[3]), (1, 1), (0, 0))(x);
    }
}

/// <summary>Average pooling.</summary>
public static class AvgPoolKernel
{
    /// <summary>y[c, ho, wo] = the mean of the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(
        TView x, int c, int ho, int wo,
        int H, int W, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var top = ho * strideHeight - paddingHeight;
        var left = wo * strideWidth - paddingWidth;
        var bottom = Math.Min(top + kernelHeight, H + paddingHeight);
        var right = Math.Min(left + kernelWidth, W + paddingWidth);
        var size = (bottom - top) * (right - left);
        var sum = T.Create(0);
        for (var h = Math.Max(top, 0); h < Math.Min(bottom, H); h++)
        {
            for (var w = Math.Max(left, 0); w < Math.Min(right, W); w++)
            {
                sum += x[(c * H + h) * W + w];
            }
        }

        return sum * T.Create(1f / size);
    }

    /// <summary>Channel c of dx: each window's gradient is spread evenly over its elements.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient<T, TView>(
        TView dy, TView dx, int c,
        int H, int W, int HO, int WO, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        for (var i = c * H * W; i < (c + 1) * H * W; i++)
        {
            dx[i] = T.Create(0);
        }

        for (var ho = 0; ho < HO; ho++)
        {
            for (var wo = 0; wo < WO; wo++)
            {
                var top = ho * strideHeight - paddingHeight;
                var left = wo * strideWidth - paddingWidth;
                var bottom = Math.Min(top + kernelHeight, H + paddingHeight);
                var right = Math.Min(left + kernelWidth, W + paddingWidth);
                var gradient = dy[(c * HO + ho) * WO + wo] * T.Create(1f / ((bottom - top) * (right - left)));
                for (var h = Math.Max(top, 0); h < Math.Min(bottom, H); h++)
                {
                    for (var w = Math.Max(left, 0); w < Math.Min(right, W); w++)
                    {
                        dx[(c * H + h) * W + w] += gradient;
                    }
                }
            }
        }
    }

    /// <summary>dx[c, h, w] = the parts of the windows that it lies in.</summary>
    [GradientOf("x")]
    [OnGpu]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradientElement<T, TView>(
        TView dy, int c, int h, int w,
        int H, int W, int HO, int WO, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var ho = Math.Max((h + paddingHeight - kernelHeight + strideHeight) / strideHeight, 0); ho < HO && ho * strideHeight - paddingHeight <= h; ho++)
        {
            for (var wo = Math.Max((w + paddingWidth - kernelWidth + strideWidth) / strideWidth, 0); wo < WO && wo * strideWidth - paddingWidth <= w; wo++)
            {
                var height = Math.Min(kernelHeight, H + paddingHeight - (ho * strideHeight - paddingHeight));
                var width = Math.Min(kernelWidth, W + paddingWidth - (wo * strideWidth - paddingWidth));
                sum += dy[(c * HO + ho) * WO + wo] * T.Create(1f / (height * width));
            }
        }

        return sum;
    }
}
