using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Three-dimensional convolution (cross-correlation) of [N, C, D, H, W] to [N, filters, ZO, HO, WO], with ZO = (D + 2 padding − dilation (kernel − 1) − 1) / stride + 1, rounded
    /// down, and so for height and width: Caffe's Convolution of three spatial axes. The weight is [filters, C / group, KD, KH, KW]. It runs as one plain loop for each result,
    /// without the register tiles of <see cref="Conv(int, int, int, int, int, int, bool, string?)"/>.
    /// </summary>
    /// <param name="filters">Output channels.</param>
    /// <param name="kernel">Depth, height and width of the kernel, in voxels.</param>
    /// <param name="stride">Step between neighbouring outputs, in voxels.</param>
    /// <param name="padding">Zeros around the input on each side, in voxels.</param>
    /// <param name="dilation">Distance between neighbouring taps of the kernel, in voxels.</param>
    /// <param name="group">Splits channels and filters into this many independent convolutions.</param>
    /// <param name="bias">Adds a trained constant to each output channel.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer Conv3D(int filters, int kernel, int stride = 1, int padding = 0, int dilation = 1, int group = 1, bool bias = true, string? name = null) =>
        Conv3D(filters, (kernel, kernel, kernel), (stride, stride, stride), (padding, padding, padding), (dilation, dilation, dilation), group, bias, name);

    /// <summary>As <see cref="Conv3D(int, int, int, int, int, int, bool, string?)"/>, with depths, heights and widths of their own.</summary>
    [Block]
    public static Layer Conv(
        int filters,
        (int Depth, int Height, int Width) kernel,
        (int Depth, int Height, int Width)? stride = null,
        (int Depth, int Height, int Width)? padding = null,
        (int Depth, int Height, int Width)? dilation = null,
        int group = 1,
        bool bias = true,
        string? name = null) =>
        Conv3D(filters, kernel, stride ?? (1, 1, 1), padding ?? (0, 0, 0), dilation ?? (1, 1, 1), group, bias, name);

    /// <summary>As <see cref="Conv3D(int, int, int, int, int, int, bool, string?)"/>, with every argument given.</summary>
    [Operator(
        "[N, C, D, H, W] -> [N, K = filters, ZO = (D + 2*padding.Depth - dilation.Depth*(kernel.Depth - 1) - 1)/stride.Depth + 1, HO = (H + 2*padding.Height - dilation.Height*(kernel.Height - 1) - 1)/stride.Height + 1, WO = (W + 2*padding.Width - dilation.Width*(kernel.Width - 1) - 1)/stride.Width + 1]",
        Kernel = typeof(Conv3DKernel),
        Fusion = Fusion.Injective,
        MultiplyAdds = "K*ZO*HO*WO*(C/group)*kernel.Depth*kernel.Height*kernel.Width")]
    [Position("d = stride.Depth*zo + 0.5*dilation.Depth*(kernel.Depth - 1) - padding.Depth")]
    [Position("h = stride.Height*ho + 0.5*dilation.Height*(kernel.Height - 1) - padding.Height")]
    [Position("w = stride.Width*wo + 0.5*dilation.Width*(kernel.Width - 1) - padding.Width")]
    [Weight("weight", "[K = filters, CG = C/group, KD = kernel.Depth, KH = kernel.Height, KW = kernel.Width]", Initializer.Xavier)]
    [Weight("bias", "[K = filters]", Initializer.Zeros, When = "bias")]
    [Requires("filters > 0", "filters is {filters}; a convolution needs at least 1", Argument = "filters")]
    [Requires("kernel.Depth > 0 && kernel.Height > 0 && kernel.Width > 0", "the kernel is {kernel.Depth}×{kernel.Height}×{kernel.Width}; it must be at least 1×1×1", Argument = "kernel")]
    [Requires("stride.Depth > 0 && stride.Height > 0 && stride.Width > 0", "the stride is {stride.Depth}×{stride.Height}×{stride.Width}; it must be at least 1", Argument = "stride")]
    [Requires("padding.Depth >= 0 && padding.Height >= 0 && padding.Width >= 0", "the padding is {padding.Depth}×{padding.Height}×{padding.Width}; it cannot be negative", Argument = "padding")]
    [Requires("dilation.Depth > 0 && dilation.Height > 0 && dilation.Width > 0", "the dilation is {dilation.Depth}×{dilation.Height}×{dilation.Width}; it must be at least 1", Argument = "dilation")]
    [Requires("group > 0 && C % group == 0 && filters % group == 0", "group {group} does not divide both the {C} input channels and the {filters} filters", Argument = "group")]
    [Requires(
        "dilation.Depth*(kernel.Depth - 1) + 1 <= D + 2*padding.Depth && dilation.Height*(kernel.Height - 1) + 1 <= H + 2*padding.Height && dilation.Width*(kernel.Width - 1) + 1 <= W + 2*padding.Width",
        "the kernel is {kernel.Depth}×{kernel.Height}×{kernel.Width}; add padding or use a smaller one")]
    public static Layer Conv3D(
        int filters,
        (int Depth, int Height, int Width) kernel,
        (int Depth, int Height, int Width) stride,
        (int Depth, int Height, int Width) padding,
        (int Depth, int Height, int Width) dilation,
        int group,
        bool bias,
        string? name) => throw new NotExecutableException();
}

/// <summary>Convolution over three axes, one result element a call.</summary>
public static class Conv3DKernel
{
    /// <summary>y[k, zo, ho, wo] = bias[k] + Σ weight[k, c, kd, kh, kw] x[c, zo·stride + kd·dilation − padding, …].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TWeight, TBias>(
        TView x, TWeight weight, TBias bias, int k, int zo, int ho, int wo,
        int C, int D, int H, int W, int K, int kernelDepth, int kernelHeight, int kernelWidth, int strideDepth, int strideHeight, int strideWidth,
        int paddingDepth, int paddingHeight, int paddingWidth, int dilationDepth, int dilationHeight, int dilationWidth, int group)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TWeight : struct, IView<T>
        where TBias : struct, IView<T> =>
        bias[k] + Correlation<T, TView, TWeight>(
            x, weight, k, zo, ho, wo, C, D, H, W, K, kernelDepth, kernelHeight, kernelWidth, strideDepth, strideHeight, strideWidth,
            paddingDepth, paddingHeight, paddingWidth, dilationDepth, dilationHeight, dilationWidth, group);

    /// <summary>Σ weight[k, c, kd, kh, kw] x[c, zo·stride + kd·dilation − padding, …].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Correlation<T, TView, TWeight>(
        TView x, TWeight weight, int k, int zo, int ho, int wo,
        int C, int D, int H, int W, int K, int kernelDepth, int kernelHeight, int kernelWidth, int strideDepth, int strideHeight, int strideWidth,
        int paddingDepth, int paddingHeight, int paddingWidth, int dilationDepth, int dilationHeight, int dilationWidth, int group)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TWeight : struct, IView<T>
    {
        var channels = C / group;
        var first = k / (K / group) * channels;
        var sum = T.Create(0);
        for (var c = 0; c < channels; c++)
        {
            for (var kd = 0; kd < kernelDepth; kd++)
            {
                var d = zo * strideDepth + kd * dilationDepth - paddingDepth;
                for (var kh = 0; kh < kernelHeight; kh++)
                {
                    var h = ho * strideHeight + kh * dilationHeight - paddingHeight;
                    if (d < 0 || d >= D || h < 0 || h >= H)
                    {
                        continue;
                    }

                    for (var kw = 0; kw < kernelWidth; kw++)
                    {
                        var w = wo * strideWidth + kw * dilationWidth - paddingWidth;
                        if (w >= 0 && w < W)
                        {
                            sum = T.MultiplyAdd(
                                weight[(((k * channels + c) * kernelDepth + kd) * kernelHeight + kh) * kernelWidth + kw],
                                x[(((first + c) * D + d) * H + h) * W + w],
                                sum);
                        }
                    }
                }
            }
        }

        return sum;
    }

    /// <summary>dx[c, d, h, w] = Σ weight[k, c, kd, kh, kw] dy[k, zo, ho, wo] over the outputs that read this input.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView, TWeight>(
        TView dy, TWeight weight, int c, int d, int h, int w,
        int C, int K, int ZO, int HO, int WO, int kernelDepth, int kernelHeight, int kernelWidth, int strideDepth, int strideHeight, int strideWidth,
        int paddingDepth, int paddingHeight, int paddingWidth, int dilationDepth, int dilationHeight, int dilationWidth, int group)
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
            for (var kd = 0; kd < kernelDepth; kd++)
            {
                var plane = d + paddingDepth - kd * dilationDepth;
                for (var kh = 0; kh < kernelHeight; kh++)
                {
                    var row = h + paddingHeight - kh * dilationHeight;
                    if (plane < 0 || plane % strideDepth != 0 || plane / strideDepth >= ZO || row < 0 || row % strideHeight != 0 || row / strideHeight >= HO)
                    {
                        continue;
                    }

                    for (var kw = 0; kw < kernelWidth; kw++)
                    {
                        var column = w + paddingWidth - kw * dilationWidth;
                        if (column >= 0 && column % strideWidth == 0 && column / strideWidth < WO)
                        {
                            sum = T.MultiplyAdd(
                                weight[(((k * channels + c % channels) * kernelDepth + kd) * kernelHeight + kh) * kernelWidth + kw],
                                dy[((k * ZO + plane / strideDepth) * HO + row / strideHeight) * WO + column / strideWidth],
                                sum);
                        }
                    }
                }
            }
        }

        return sum;
    }

    /// <summary>One sample's part of dweight[k, c, kd, kh, kw] = Σ dy[k, zo, ho, wo] x[c, …].</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(
        TView dy, TView x, int k, int cg, int kd, int kh, int kw,
        int C, int D, int H, int W, int K, int ZO, int HO, int WO, int strideDepth, int strideHeight, int strideWidth,
        int paddingDepth, int paddingHeight, int paddingWidth, int dilationDepth, int dilationHeight, int dilationWidth, int group)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var c = k / (K / group) * (C / group) + cg;
        var sum = T.Create(0);
        for (var plane = 0; plane < ZO; plane++)
        {
            var d = plane * strideDepth + kd * dilationDepth - paddingDepth;
            for (var ho = 0; ho < HO; ho++)
            {
                var h = ho * strideHeight + kh * dilationHeight - paddingHeight;
                if (d < 0 || d >= D || h < 0 || h >= H)
                {
                    continue;
                }

                for (var wo = 0; wo < WO; wo++)
                {
                    var w = wo * strideWidth + kw * dilationWidth - paddingWidth;
                    if (w >= 0 && w < W)
                    {
                        sum = T.MultiplyAdd(dy[((k * ZO + plane) * HO + ho) * WO + wo], x[((c * D + d) * H + h) * W + w], sum);
                    }
                }
            }
        }

        return sum;
    }

    /// <summary>One sample's part of dbias[k] = Σ dy[k, zo, ho, wo].</summary>
    [GradientOf("bias")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T BiasGradient<T, TView>(TView dy, int k, int ZO, int HO, int WO)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => ScaleKernel.BiasGradient<T, TView>(dy, k, ZO * HO * WO);
}
