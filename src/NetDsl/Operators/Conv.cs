using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Two-dimensional convolution (cross-correlation, as in Caffe and PyTorch) of [N, C, H, W] to [N, filters, HO, WO], with
    /// HO = (H + 2 padding − dilation (kernel − 1) − 1) / stride + 1, rounded down.
    /// </summary>
    /// <param name="filters">Output channels.</param>
    /// <param name="kernel">Height and width of the kernel, in pixels.</param>
    /// <param name="stride">Step between neighbouring outputs, in pixels.</param>
    /// <param name="padding">Zeros around the input on each side, in pixels.</param>
    /// <param name="dilation">Distance between neighbouring taps of the kernel, in pixels.</param>
    /// <param name="group">Splits channels and filters into this many independent convolutions.</param>
    /// <param name="bias">Adds a trained constant to each output channel.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer Conv(int filters, int kernel, int stride = 1, int padding = 0, int dilation = 1, int group = 1, bool bias = true, string? name = null) =>
        Conv(filters, (kernel, kernel), (stride, stride), (padding, padding), (dilation, dilation), group, bias, name);

    /// <summary>As <see cref="Conv(int, int, int, int, int, int, bool, string?)"/>, with heights and widths of their own.</summary>
    [Block]
    public static Layer Conv(
        int filters,
        (int Height, int Width) kernel,
        (int Height, int Width)? stride = null,
        (int Height, int Width)? padding = null,
        (int Height, int Width)? dilation = null,
        int group = 1,
        bool bias = true,
        string? name = null) =>
        Conv(filters, kernel, stride ?? (1, 1), padding ?? (0, 0), dilation ?? (1, 1), group, bias, name);

    /// <summary>As <see cref="Conv(int, int, int, int, int, int, bool, string?)"/>, with every argument given.</summary>
    [Operator(
        "[N, C, H, W] -> [N, K = filters, HO = (H + 2*padding.Height - dilation.Height*(kernel.Height - 1) - 1)/stride.Height + 1, WO = (W + 2*padding.Width - dilation.Width*(kernel.Width - 1) - 1)/stride.Width + 1]",
        Kernel = typeof(ConvKernel),
        Fusion = Fusion.Anchor,
        Anchor = Anchor.Convolution,
        MultiplyAdds = "K*HO*WO*(C/group)*kernel.Height*kernel.Width")]
    [Position("h = stride.Height*ho + 0.5*dilation.Height*(kernel.Height - 1) - padding.Height")]
    [Position("w = stride.Width*wo + 0.5*dilation.Width*(kernel.Width - 1) - padding.Width")]
    [Weight("weight", "[K = filters, CG = C/group, KH = kernel.Height, KW = kernel.Width]", Initializer.Xavier)]
    [Weight("bias", "[K = filters]", Initializer.Zeros, When = "bias")]
    [Requires("filters > 0", "filters is {filters}; a convolution needs at least 1", Argument = "filters")]
    [Requires("kernel.Height > 0 && kernel.Width > 0", "the kernel is {kernel.Height}×{kernel.Width}; it must be at least 1×1", Argument = "kernel")]
    [Requires("stride.Height > 0 && stride.Width > 0", "the stride is {stride.Height}×{stride.Width}; it must be at least 1", Argument = "stride")]
    [Requires("padding.Height >= 0 && padding.Width >= 0", "the padding is {padding.Height}×{padding.Width}; it cannot be negative", Argument = "padding")]
    [Requires("dilation.Height > 0 && dilation.Width > 0", "the dilation is {dilation.Height}×{dilation.Width}; it must be at least 1", Argument = "dilation")]
    [Requires("group > 0 && C % group == 0 && filters % group == 0", "group {group} does not divide both the {C} input channels and the {filters} filters", Argument = "group")]
    [Requires(
        "dilation.Height*(kernel.Height - 1) + 1 <= H + 2*padding.Height && dilation.Width*(kernel.Width - 1) + 1 <= W + 2*padding.Width",
        "the kernel is {kernel.Height}×{kernel.Width}; add 'padding: {max(kernel.Height, kernel.Width)/2}' or use kernel ≤ {min(H + 2*padding.Height, W + 2*padding.Width)}")]
    public static Layer Conv(
        int filters,
        (int Height, int Width) kernel,
        (int Height, int Width) stride,
        (int Height, int Width) padding,
        (int Height, int Width) dilation,
        int group,
        bool bias,
        string? name) => throw new NotExecutableException();
}

/// <summary>Convolution, one result element a call: what a GPU thread runs. The CPU has register tiles for it.</summary>
public static class ConvKernel
{
    /// <summary>y[k, ho, wo] = bias[k] + Σ weight[k, c, kh, kw] x[c, ho·stride + kh·dilation − padding, …].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TWeight, TBias>(
        TView x, TWeight weight, TBias bias, int k, int ho, int wo,
        int C, int H, int W, int K, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth,
        int paddingHeight, int paddingWidth, int dilationHeight, int dilationWidth, int group)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TWeight : struct, IView<T>
        where TBias : struct, IView<T>
    {
        var channels = C / group;
        var first = k / (K / group) * channels;
        var sum = bias[k];
        for (var c = 0; c < channels; c++)
        {
            for (var kh = 0; kh < kernelHeight; kh++)
            {
                var h = ho * strideHeight + kh * dilationHeight - paddingHeight;
                if (h < 0 || h >= H)
                {
                    continue;
                }

                for (var kw = 0; kw < kernelWidth; kw++)
                {
                    var w = wo * strideWidth + kw * dilationWidth - paddingWidth;
                    if (w >= 0 && w < W)
                    {
                        sum = T.MultiplyAdd(
                            weight[((k * channels + c) * kernelHeight + kh) * kernelWidth + kw],
                            x[((first + c) * H + h) * W + w],
                            sum);
                    }
                }
            }
        }

        return sum;
    }

    /// <summary>dx[c, h, w] = Σ weight[k, c, kh, kw] dy[k, ho, wo] over the outputs that read this input.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView, TWeight>(
        TView dy, TWeight weight, int c, int h, int w,
        int C, int K, int HO, int WO, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth,
        int paddingHeight, int paddingWidth, int dilationHeight, int dilationWidth, int group)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TWeight : struct, IView<T>
    {
        var channels = C / group;
        var filters = K / group;
        var first = c / channels * filters;
        var sum = T.Create(0);
        for (var k = first; k < first + filters; k++)
        {
            for (var kh = 0; kh < kernelHeight; kh++)
            {
                var row = h + paddingHeight - kh * dilationHeight;
                if (row < 0 || row % strideHeight != 0 || row / strideHeight >= HO)
                {
                    continue;
                }

                for (var kw = 0; kw < kernelWidth; kw++)
                {
                    var column = w + paddingWidth - kw * dilationWidth;
                    if (column >= 0 && column % strideWidth == 0 && column / strideWidth < WO)
                    {
                        sum = T.MultiplyAdd(
                            weight[((k * channels + c % channels) * kernelHeight + kh) * kernelWidth + kw],
                            dy[(k * HO + row / strideHeight) * WO + column / strideWidth],
                            sum);
                    }
                }
            }
        }

        return sum;
    }

    /// <summary>One sample's part of dweight[k, c, kh, kw] = Σ dy[k, ho, wo] x[c, …].</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(
        TView dy, TView x, int k, int cg, int kh, int kw,
        int C, int H, int W, int K, int HO, int WO, int strideHeight, int strideWidth,
        int paddingHeight, int paddingWidth, int dilationHeight, int dilationWidth, int group)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var c = k / (K / group) * (C / group) + cg;
        var sum = T.Create(0);
        for (var ho = 0; ho < HO; ho++)
        {
            var h = ho * strideHeight + kh * dilationHeight - paddingHeight;
            if (h < 0 || h >= H)
            {
                continue;
            }

            for (var wo = 0; wo < WO; wo++)
            {
                var w = wo * strideWidth + kw * dilationWidth - paddingWidth;
                if (w >= 0 && w < W)
                {
                    sum = T.MultiplyAdd(dy[(k * HO + ho) * WO + wo], x[(c * H + h) * W + w], sum);
                }
            }
        }

        return sum;
    }

    /// <summary>One sample's part of dbias[k] = Σ dy[k, ho, wo].</summary>
    [GradientOf("bias")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T BiasGradient<T, TView>(TView dy, int k, int HO, int WO)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var i = 0; i < HO * WO; i++)
        {
            sum += dy[k * HO * WO + i];
        }

        return sum;
    }
}
