using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The windows of [N, C, H, W] as columns, [N, C · kernel², HO, WO], with HO and WO as for <see cref="Conv(int, int, int, int, int, int, bool, string?)"/>: Caffe's Im2col (PyTorch's
    /// <c>unfold</c>). Row (c, kh, kw) holds what tap (kh, kw) of a kernel sees of channel c. No convolution here goes through it.
    /// </summary>
    /// <param name="kernel">Height and width of a window, in pixels.</param>
    /// <param name="stride">Step between windows, in pixels.</param>
    /// <param name="padding">Zeros around the input on each side, in pixels.</param>
    /// <param name="dilation">Distance between neighbouring elements of a window, in pixels.</param>
    [Block]
    public static Layer Im2Col(int kernel, int stride = 1, int padding = 0, int dilation = 1) =>
        Im2Col((kernel, kernel), (stride, stride), (padding, padding), (dilation, dilation));

    /// <summary>As <see cref="Im2Col(int, int, int, int)"/>, with heights and widths of their own.</summary>
    [Operator(
        "[N, C, H, W] -> [N, K = C*kernel.Height*kernel.Width, HO = (H + 2*padding.Height - dilation.Height*(kernel.Height - 1) - 1)/stride.Height + 1, WO = (W + 2*padding.Width - dilation.Width*(kernel.Width - 1) - 1)/stride.Width + 1]",
        Kernel = typeof(Im2ColKernel),
        Fusion = Fusion.Injective)]
    [Position("h = stride.Height*ho + 0.5*dilation.Height*(kernel.Height - 1) - padding.Height")]
    [Position("w = stride.Width*wo + 0.5*dilation.Width*(kernel.Width - 1) - padding.Width")]
    [Requires("kernel.Height > 0 && kernel.Width > 0", "the kernel is {kernel.Height}×{kernel.Width}; it must be at least 1×1", Argument = "kernel")]
    [Requires("stride.Height > 0 && stride.Width > 0", "the stride is {stride.Height}×{stride.Width}; it must be at least 1", Argument = "stride")]
    [Requires("padding.Height >= 0 && padding.Width >= 0", "the padding is {padding.Height}×{padding.Width}; it cannot be negative", Argument = "padding")]
    [Requires("dilation.Height > 0 && dilation.Width > 0", "the dilation is {dilation.Height}×{dilation.Width}; it must be at least 1", Argument = "dilation")]
    [Requires(
        "dilation.Height*(kernel.Height - 1) + 1 <= H + 2*padding.Height && dilation.Width*(kernel.Width - 1) + 1 <= W + 2*padding.Width",
        "the kernel is {kernel.Height}×{kernel.Width}; add 'padding: {max(kernel.Height, kernel.Width)/2}' or use kernel ≤ {min(H + 2*padding.Height, W + 2*padding.Width)}")]
    public static Layer Im2Col((int Height, int Width) kernel, (int Height, int Width) stride, (int Height, int Width) padding, (int Height, int Width) dilation) =>
        throw new NotExecutableException();
}

/// <summary>Windows as columns.</summary>
public static class Im2ColKernel
{
    /// <summary>y[(c, kh, kw), ho, wo] = x[c, ho·stride + kh·dilation − padding, …], or 0 where that is outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(
        TView x, int k, int ho, int wo, int H, int W, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth,
        int paddingHeight, int paddingWidth, int dilationHeight, int dilationWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var c = k / (kernelHeight * kernelWidth);
        var h = ho * strideHeight + k / kernelWidth % kernelHeight * dilationHeight - paddingHeight;
        var w = wo * strideWidth + k % kernelWidth * dilationWidth - paddingWidth;
        return h >= 0 && h < H && w >= 0 && w < W ? x[(c * H + h) * W + w] : T.Create(0);
    }

    /// <summary>dx[c, h, w] = Σ dy over the windows that hold this element: Caffe's col2im.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView>(
        TView dy, int c, int h, int w, int HO, int WO, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth,
        int paddingHeight, int paddingWidth, int dilationHeight, int dilationWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
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
                    sum += dy[(((c * kernelHeight + kh) * kernelWidth + kw) * HO + row / strideHeight) * WO + column / strideWidth];
                }
            }
        }

        return sum;
    }
}
