using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The transposed convolution (deconvolution) of [N, C, H, W] to [N, filters, HO, WO], with HO = stride (H − 1) + dilation (kernel − 1) + 1 − 2 padding:
    /// Caffe's Deconvolution. The weight is [C, filters / group, KH, KW], as in Caffe and PyTorch.
    /// </summary>
    /// <param name="filters">Output channels.</param>
    /// <param name="kernel">Height and width of the kernel, in pixels.</param>
    /// <param name="stride">Step between the outputs of neighbouring inputs, in pixels.</param>
    /// <param name="padding">What is cut off the result on each side, in pixels.</param>
    /// <param name="dilation">Distance between neighbouring taps of the kernel, in pixels.</param>
    /// <param name="group">Splits channels and filters into this many independent transposed convolutions.</param>
    /// <param name="bias">Adds a trained constant to each output channel.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer ConvTranspose(int filters, int kernel, int stride = 1, int padding = 0, int dilation = 1, int group = 1, bool bias = true, string? name = null) =>
        ConvTranspose(filters, (kernel, kernel), (stride, stride), (padding, padding), (dilation, dilation), group, bias, name);

    /// <summary>As <see cref="ConvTranspose(int, int, int, int, int, int, bool, string?)"/>, with heights and widths of their own.</summary>
    [Block]
    public static Layer ConvTranspose(
        int filters,
        (int Height, int Width) kernel,
        (int Height, int Width)? stride = null,
        (int Height, int Width)? padding = null,
        (int Height, int Width)? dilation = null,
        int group = 1,
        bool bias = true,
        string? name = null) =>
        ConvTranspose(filters, kernel, stride ?? (1, 1), padding ?? (0, 0), dilation ?? (1, 1), group, bias, name);

    /// <summary>As <see cref="ConvTranspose(int, int, int, int, int, int, bool, string?)"/>, with every argument given.</summary>
    [Operator(
        "[N, C, H, W] -> [N, K = filters, HO = stride.Height*(H - 1) + dilation.Height*(kernel.Height - 1) + 1 - 2*padding.Height, WO = stride.Width*(W - 1) + dilation.Width*(kernel.Width - 1) + 1 - 2*padding.Width]",
        Kernel = typeof(ConvTransposeKernel),
        Fusion = Fusion.Anchor,
        Anchor = Anchor.TransposedConvolution,
        MultiplyAdds = "C*H*W*(K/group)*kernel.Height*kernel.Width")]
    [Position("ho = stride.Height*h + 0.5*dilation.Height*(kernel.Height - 1) - padding.Height")]
    [Position("wo = stride.Width*w + 0.5*dilation.Width*(kernel.Width - 1) - padding.Width")]
    [Weight("weight", "[C = C, KG = filters/group, KH = kernel.Height, KW = kernel.Width]", Initializer.Xavier)]
    [Weight("bias", "[K = filters]", Initializer.Zeros, When = "bias")]
    [Requires("filters > 0", "filters is {filters}; a transposed convolution needs at least 1", Argument = "filters")]
    [Requires("kernel.Height > 0 && kernel.Width > 0", "the kernel is {kernel.Height}×{kernel.Width}; it must be at least 1×1", Argument = "kernel")]
    [Requires("stride.Height > 0 && stride.Width > 0", "the stride is {stride.Height}×{stride.Width}; it must be at least 1", Argument = "stride")]
    [Requires("padding.Height >= 0 && padding.Width >= 0", "the padding is {padding.Height}×{padding.Width}; it cannot be negative", Argument = "padding")]
    [Requires("dilation.Height > 0 && dilation.Width > 0", "the dilation is {dilation.Height}×{dilation.Width}; it must be at least 1", Argument = "dilation")]
    [Requires("group > 0 && C % group == 0 && filters % group == 0", "group {group} does not divide both the {C} input channels and the {filters} filters", Argument = "group")]
    [Requires(
        "stride.Height*(H - 1) + dilation.Height*(kernel.Height - 1) + 1 > 2*padding.Height && stride.Width*(W - 1) + dilation.Width*(kernel.Width - 1) + 1 > 2*padding.Width",
        "the padding {padding.Height}×{padding.Width} cuts off the whole result; use a smaller one",
        Argument = "padding")]
    public static Layer ConvTranspose(
        int filters,
        (int Height, int Width) kernel,
        (int Height, int Width) stride,
        (int Height, int Width) padding,
        (int Height, int Width) dilation,
        int group,
        bool bias,
        string? name) => throw new NotExecutableException();
}

/// <summary>
/// Transposed convolution, one result element a call. Loops run over the inputs that reach an output, about (kernel / stride)² of them, not over all taps.
/// </summary>
public static class ConvTransposeKernel
{
    /// <summary>y[k, ho, wo] = bias[k] + Σ weight[c, k, kh, kw] x[c, h, w] over the inputs with h·stride + kh·dilation − padding = ho.</summary>
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
        var (channels, filters) = (C / group, K / group);
        var (first, kg) = (k / filters * channels, k % filters);
        var (row, column) = (ho + paddingHeight, wo + paddingWidth);
        var (top, bottom) = (FirstReaching(row, kernelHeight, strideHeight, dilationHeight), Math.Min(row / strideHeight, H - 1));
        var (left, right) = (FirstReaching(column, kernelWidth, strideWidth, dilationWidth), Math.Min(column / strideWidth, W - 1));
        var sum = bias[k];
        for (var h = top; h <= bottom; h++)
        {
            var kh = (row - h * strideHeight) / dilationHeight;
            if (h * strideHeight + kh * dilationHeight != row)
            {
                continue;
            }

            for (var w = left; w <= right; w++)
            {
                var kw = (column - w * strideWidth) / dilationWidth;
                if (w * strideWidth + kw * dilationWidth != column)
                {
                    continue;
                }

                for (var c = first; c < first + channels; c++)
                {
                    sum = T.MultiplyAdd(weight[((c * filters + kg) * kernelHeight + kh) * kernelWidth + kw], x[(c * H + h) * W + w], sum);
                }
            }
        }

        return sum;
    }

    /// <summary>dx[c, h, w] = Σ weight[c, k, kh, kw] dy[k, h·stride + kh·dilation − padding, …].</summary>
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
        var filters = K / group;
        var first = c / (C / group) * filters;
        var sum = T.Create(0);
        for (var kg = 0; kg < filters; kg++)
        {
            for (var kh = 0; kh < kernelHeight; kh++)
            {
                var ho = h * strideHeight + kh * dilationHeight - paddingHeight;
                if (ho < 0 || ho >= HO)
                {
                    continue;
                }

                for (var kw = 0; kw < kernelWidth; kw++)
                {
                    var wo = w * strideWidth + kw * dilationWidth - paddingWidth;
                    if (wo >= 0 && wo < WO)
                    {
                        sum = T.MultiplyAdd(weight[((c * filters + kg) * kernelHeight + kh) * kernelWidth + kw], dy[((first + kg) * HO + ho) * WO + wo], sum);
                    }
                }
            }
        }

        return sum;
    }

    /// <summary>One sample's part of dweight[c, kg, kh, kw] = Σ x[c, h, w] dy[k, h·stride + kh·dilation − padding, …].</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(
        TView dy, TView x, int c, int kg, int kh, int kw,
        int C, int H, int W, int K, int HO, int WO, int strideHeight, int strideWidth,
        int paddingHeight, int paddingWidth, int dilationHeight, int dilationWidth, int group)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var k = c / (C / group) * (K / group) + kg;
        var sum = T.Create(0);
        for (var h = 0; h < H; h++)
        {
            var ho = h * strideHeight + kh * dilationHeight - paddingHeight;
            if (ho < 0 || ho >= HO)
            {
                continue;
            }

            for (var w = 0; w < W; w++)
            {
                var wo = w * strideWidth + kw * dilationWidth - paddingWidth;
                if (wo >= 0 && wo < WO)
                {
                    sum = T.MultiplyAdd(x[(c * H + h) * W + w], dy[(k * HO + ho) * WO + wo], sum);
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
        where TView : struct, IView<T> => ConvKernel.BiasGradient<T, TView>(dy, k, HO, WO);

    /// <summary>The first input whose last tap reaches an output, which lies at <paramref name="position"/> with the padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int FirstReaching(int position, int kernel, int stride, int dilation) => Math.Max((position - (kernel - 1) * dilation + stride - 1) / stride, 0);
}
