using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The transposed convolution (deconvolution) of [N, C, D, H, W] to [N, filters, ZO, HO, WO], with ZO = stride (D − 1) + dilation (kernel − 1) + 1 − 2 padding, and so for height and
    /// width: Caffe's Deconvolution of three spatial axes. The weight is [C, filters / group, KD, KH, KW]. It runs as one plain loop for each result.
    /// </summary>
    /// <param name="filters">Output channels.</param>
    /// <param name="kernel">Depth, height and width of the kernel, in voxels.</param>
    /// <param name="stride">Step between the outputs of neighbouring inputs, in voxels.</param>
    /// <param name="padding">What is cut off the result on each side, in voxels.</param>
    /// <param name="dilation">Distance between neighbouring taps of the kernel, in voxels.</param>
    /// <param name="group">Splits channels and filters into this many independent transposed convolutions.</param>
    /// <param name="bias">Adds a trained constant to each output channel.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer ConvTranspose3D(int filters, int kernel, int stride = 1, int padding = 0, int dilation = 1, int group = 1, bool bias = true, string? name = null) =>
        ConvTranspose3D(filters, (kernel, kernel, kernel), (stride, stride, stride), (padding, padding, padding), (dilation, dilation, dilation), group, bias, name);

    /// <summary>As <see cref="ConvTranspose3D(int, int, int, int, int, int, bool, string?)"/>, with depths, heights and widths of their own.</summary>
    [Block]
    public static Layer ConvTranspose(
        int filters,
        (int Depth, int Height, int Width) kernel,
        (int Depth, int Height, int Width)? stride = null,
        (int Depth, int Height, int Width)? padding = null,
        (int Depth, int Height, int Width)? dilation = null,
        int group = 1,
        bool bias = true,
        string? name = null) =>
        ConvTranspose3D(filters, kernel, stride ?? (1, 1, 1), padding ?? (0, 0, 0), dilation ?? (1, 1, 1), group, bias, name);

    /// <summary>As <see cref="ConvTranspose3D(int, int, int, int, int, int, bool, string?)"/>, with every argument given.</summary>
    [Operator(
        "[N, C, D, H, W] -> [N, K = filters, ZO = stride.Depth*(D - 1) + dilation.Depth*(kernel.Depth - 1) + 1 - 2*padding.Depth, HO = stride.Height*(H - 1) + dilation.Height*(kernel.Height - 1) + 1 - 2*padding.Height, WO = stride.Width*(W - 1) + dilation.Width*(kernel.Width - 1) + 1 - 2*padding.Width]",
        Kernel = typeof(ConvTranspose3DKernel),
        Fusion = Fusion.Injective,
        MultiplyAdds = "C*D*H*W*(K/group)*kernel.Depth*kernel.Height*kernel.Width")]
    [Position("zo = stride.Depth*d + 0.5*dilation.Depth*(kernel.Depth - 1) - padding.Depth")]
    [Position("ho = stride.Height*h + 0.5*dilation.Height*(kernel.Height - 1) - padding.Height")]
    [Position("wo = stride.Width*w + 0.5*dilation.Width*(kernel.Width - 1) - padding.Width")]
    [Weight("weight", "[C = C, KG = filters/group, KD = kernel.Depth, KH = kernel.Height, KW = kernel.Width]", Initializer.Xavier)]
    [Weight("bias", "[K = filters]", Initializer.Zeros, When = "bias")]
    [Requires("filters > 0", "filters is {filters}; a transposed convolution needs at least 1", Argument = "filters")]
    [Requires("kernel.Depth > 0 && kernel.Height > 0 && kernel.Width > 0", "the kernel is {kernel.Depth}×{kernel.Height}×{kernel.Width}; it must be at least 1×1×1", Argument = "kernel")]
    [Requires("stride.Depth > 0 && stride.Height > 0 && stride.Width > 0", "the stride is {stride.Depth}×{stride.Height}×{stride.Width}; it must be at least 1", Argument = "stride")]
    [Requires("padding.Depth >= 0 && padding.Height >= 0 && padding.Width >= 0", "the padding is {padding.Depth}×{padding.Height}×{padding.Width}; it cannot be negative", Argument = "padding")]
    [Requires("dilation.Depth > 0 && dilation.Height > 0 && dilation.Width > 0", "the dilation is {dilation.Depth}×{dilation.Height}×{dilation.Width}; it must be at least 1", Argument = "dilation")]
    [Requires("group > 0 && C % group == 0 && filters % group == 0", "group {group} does not divide both the {C} input channels and the {filters} filters", Argument = "group")]
    [Requires(
        "stride.Depth*(D - 1) + dilation.Depth*(kernel.Depth - 1) + 1 > 2*padding.Depth && stride.Height*(H - 1) + dilation.Height*(kernel.Height - 1) + 1 > 2*padding.Height && stride.Width*(W - 1) + dilation.Width*(kernel.Width - 1) + 1 > 2*padding.Width",
        "the padding {padding.Depth}×{padding.Height}×{padding.Width} cuts off the whole result; use a smaller one",
        Argument = "padding")]
    public static Layer ConvTranspose3D(
        int filters,
        (int Depth, int Height, int Width) kernel,
        (int Depth, int Height, int Width) stride,
        (int Depth, int Height, int Width) padding,
        (int Depth, int Height, int Width) dilation,
        int group,
        bool bias,
        string? name) => throw new NotExecutableException();
}

/// <summary>Transposed convolution over three axes: a convolution with input and result exchanged, and so with forward and gradient exchanged too.</summary>
public static class ConvTranspose3DKernel
{
    /// <summary>y[k, zo, ho, wo] = bias[k] + Σ weight[c, k, kd, kh, kw] x[c, d, h, w] over the inputs with d·stride + kd·dilation − padding = zo, ….</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TWeight, TBias>(
        TView x, TWeight weight, TBias bias, int k, int zo, int ho, int wo,
        int C, int D, int H, int W, int K, int kernelDepth, int kernelHeight, int kernelWidth, int strideDepth, int strideHeight, int strideWidth,
        int paddingDepth, int paddingHeight, int paddingWidth, int dilationDepth, int dilationHeight, int dilationWidth, int group)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TWeight : struct, IView<T>
        where TBias : struct, IView<T> =>
        bias[k] + Conv3DKernel.InputGradient<T, TView, TWeight>(
            x, weight, k, zo, ho, wo, K, C, D, H, W, kernelDepth, kernelHeight, kernelWidth, strideDepth, strideHeight, strideWidth,
            paddingDepth, paddingHeight, paddingWidth, dilationDepth, dilationHeight, dilationWidth, group);

    /// <summary>dx[c, d, h, w] = Σ weight[c, k, kd, kh, kw] dy[k, d·stride + kd·dilation − padding, …].</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView, TWeight>(
        TView dy, TWeight weight, int c, int d, int h, int w,
        int C, int K, int ZO, int HO, int WO, int kernelDepth, int kernelHeight, int kernelWidth, int strideDepth, int strideHeight, int strideWidth,
        int paddingDepth, int paddingHeight, int paddingWidth, int dilationDepth, int dilationHeight, int dilationWidth, int group)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TWeight : struct, IView<T> =>
        Conv3DKernel.Correlation<T, TView, TWeight>(
            dy, weight, c, d, h, w, K, ZO, HO, WO, C, kernelDepth, kernelHeight, kernelWidth, strideDepth, strideHeight, strideWidth,
            paddingDepth, paddingHeight, paddingWidth, dilationDepth, dilationHeight, dilationWidth, group);

    /// <summary>One sample's part of dweight[c, k, kd, kh, kw] = Σ x[c, d, h, w] dy[k, …].</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(
        TView dy, TView x, int c, int kg, int kd, int kh, int kw,
        int C, int D, int H, int W, int K, int ZO, int HO, int WO, int strideDepth, int strideHeight, int strideWidth,
        int paddingDepth, int paddingHeight, int paddingWidth, int dilationDepth, int dilationHeight, int dilationWidth, int group)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> =>
        Conv3DKernel.WeightGradient<T, TView>(
            x, dy, c, kg, kd, kh, kw, K, ZO, HO, WO, C, D, H, W, strideDepth, strideHeight, strideWidth,
            paddingDepth, paddingHeight, paddingWidth, dilationDepth, dilationHeight, dilationWidth, group);

    /// <summary>One sample's part of dbias[k] = Σ dy[k, zo, ho, wo].</summary>
    [GradientOf("bias")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T BiasGradient<T, TView>(TView dy, int k, int ZO, int HO, int WO)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => ScaleKernel.BiasGradient<T, TView>(dy, k, ZO * HO * WO);
}
