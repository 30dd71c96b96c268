using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The maximum over windows of [N, C, H, W]. With <see cref="Rounding.Ceiling"/>, Caffe's rule, a window that reaches over the border counts,
    /// clipped to the input; padding never wins. Ties go to the first element.
    /// </summary>
    /// <param name="kernel">Height and width of the window, in pixels.</param>
    /// <param name="stride">Step between windows; the kernel's size unless given.</param>
    /// <param name="padding">Border around the input on each side, in pixels.</param>
    /// <param name="rounding">How windows that reach over the border count.</param>
    [Block]
    public static Layer MaxPool(int kernel, int? stride = null, int padding = 0, Rounding rounding = Rounding.Ceiling) =>
        MaxPool((kernel, kernel), (stride ?? kernel, stride ?? kernel), (padding, padding), rounding);

    /// <summary>As <see cref="MaxPool(int, int?, int, Rounding)"/>, with heights and widths of their own.</summary>
    [Operator(
        "[N, C, H, W] -> [N, C, HO = pooled(H, kernel.Height, stride.Height, padding.Height, rounding), WO = pooled(W, kernel.Width, stride.Width, padding.Width, rounding)]",
        Kernel = typeof(MaxPoolKernel),
        Fusion = Fusion.Injective,
        Channelwise = true,
        Selects = true)]
    [Position("h = stride.Height*ho + 0.5*(kernel.Height - 1) - padding.Height")]
    [Position("w = stride.Width*wo + 0.5*(kernel.Width - 1) - padding.Width")]
    [Requires("kernel.Height > 0 && kernel.Width > 0", "the window is {kernel.Height}×{kernel.Width}; it must be at least 1×1", Argument = "kernel")]
    [Requires("stride.Height > 0 && stride.Width > 0", "the stride is {stride.Height}×{stride.Width}; it must be at least 1", Argument = "stride")]
    [Requires("padding.Height >= 0 && padding.Width >= 0 && padding.Height < kernel.Height && padding.Width < kernel.Width", "the padding is {padding.Height}×{padding.Width}; it must be at least 0 and smaller than the {kernel.Height}×{kernel.Width} window", Argument = "padding")]
    [Requires("kernel.Height <= H + 2*padding.Height && kernel.Width <= W + 2*padding.Width", "the window is {kernel.Height}×{kernel.Width}; use kernel ≤ {min(H + 2*padding.Height, W + 2*padding.Width)}")]
    [Requires("(HO - 1)*stride.Height < H + padding.Height && (WO - 1)*stride.Width < W + padding.Width", "the last window lies outside the input; use 'rounding: Rounding.Floor'")]
    public static Layer MaxPool((int Height, int Width) kernel, (int Height, int Width) stride, (int Height, int Width) padding, Rounding rounding = Rounding.Ceiling) =>
        throw new NotExecutableException();
}

/// <summary>Maximum pooling.</summary>
public static partial class MaxPoolKernel
{
    /// <summary>y[c, ho, wo] = the largest x in the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(
        TView x, int c, int ho, int wo,
        int H, int W, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var top = Math.Max(ho * strideHeight - paddingHeight, 0);
        var left = Math.Max(wo * strideWidth - paddingWidth, 0);
        var bottom = Math.Min(ho * strideHeight - paddingHeight + kernelHeight, H);
        var right = Math.Min(wo * strideWidth - paddingWidth + kernelWidth, W);
        var largest = x[(c * H + top) * W + left];
        var whole = right - left == kernelWidth;
        Ahead<T, TView>(x, (c * H + bottom) * W + left, W, strideHeight, strideWidth);
        for (var h = top; h < bottom; h++)
        {
            var i = (c * H + h) * W + left;
            if (whole && kernelWidth is (2 or 3))
            {
                // The usual windows without a loop: the compiler does not unroll it, and its counting takes longer than the maximum.
                largest = T.Larger(x[i + 1], T.Larger(x[i], largest));
                largest = kernelWidth == 3 ? T.Larger(x[i + 2], largest) : largest;
                continue;
            }

            for (var end = i + right - left; i < end; i++)
            {
                largest = T.Larger(x[i], largest);
            }
        }

        return largest;
    }

    /// <summary>Channel c of dx: each window's gradient goes to its first largest element.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient<T, TView>(
        TView dy, TView x, TView y, TView dx, int c,
        int H, int W, int HO, int WO, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        // Rows become zeros as the windows reach them, so that they are added to while they are near.
        var cleared = c * H * W;
        for (var ho = 0; ho < HO; ho++)
        {
            var top = Math.Max(ho * strideHeight - paddingHeight, 0);
            var bottom = Math.Min(ho * strideHeight - paddingHeight + kernelHeight, H);
            for (; cleared < (c * H + (ho < HO - 1 ? bottom : H)) * W; cleared++)
            {
                dx[cleared] = T.Create(0);
            }

            for (var wo = 0; wo < WO; wo++)
            {
                var left = Math.Max(wo * strideWidth - paddingWidth, 0);
                var right = Math.Min(wo * strideWidth - paddingWidth + kernelWidth, W);
                var largest = y[(c * HO + ho) * WO + wo];
                var gradient = dy[(c * HO + ho) * WO + wo];
                var whole = right - left == kernelWidth;
                if (strideHeight > 1)
                {
                    Ahead<T, TView>(x, (c * H + bottom) * W + left, W, strideHeight, strideWidth);
                    Ahead<T, TView>(dx, (c * H + bottom) * W + left, W, strideHeight, strideWidth);
                }

                for (var h = top; h < bottom; h++)
                {
                    var i = (c * H + h) * W + left;
                    if (whole && kernelWidth is (2 or 3))
                    {
                        gradient = Give(x, dx, i + 1, largest, Give(x, dx, i, largest, gradient));
                        gradient = kernelWidth == 3 ? Give(x, dx, i + 2, largest, gradient) : gradient;
                        continue;
                    }

                    for (var end = i + right - left; i < end; i++)
                    {
                        gradient = Give(x, dx, i, largest, gradient);
                    }
                }
            }
        }
    }

    /// <summary>dx[c, h, w] = the gradients of the windows whose first largest element it is.</summary>
    [GradientOf("x")]
    [OnGpu]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradientElement<T, TView>(
        TView dy, TView x, TView y, int c, int h, int w,
        int H, int W, int HO, int WO, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var own = x[(c * H + h) * W + w];
        var sum = T.Create(0);
        for (var ho = Math.Max((h + paddingHeight - kernelHeight + strideHeight) / strideHeight, 0); ho < HO && ho * strideHeight - paddingHeight <= h; ho++)
        {
            for (var wo = Math.Max((w + paddingWidth - kernelWidth + strideWidth) / strideWidth, 0); wo < WO && wo * strideWidth - paddingWidth <= w; wo++)
            {
                var left = Math.Max(wo * strideWidth - paddingWidth, 0);
                var right = Math.Min(wo * strideWidth - paddingWidth + kernelWidth, W);
                var largest = y[(c * HO + ho) * WO + wo];
                var hit = T.Equal(own, largest);
                for (var row = Math.Max(ho * strideHeight - paddingHeight, 0); row <= h; row++)
                {
                    for (var column = left; column < (row < h ? right : w); column++)
                    {
                        hit = T.And(hit, T.Not(T.Equal(x[(c * H + row) * W + column], largest)));
                    }
                }

                sum += T.Select(hit, dy[(c * HO + ho) * WO + wo], T.Create(0));
            }
        }

        return sum;
    }

    /// <summary>Asks for what windows of the next row read anew: with steps of up to two, all of it.</summary>
    /// <param name="x">The image.</param>
    /// <param name="i">The first element below the window.</param>
    /// <param name="W">Elements of a row.</param>
    /// <param name="strideHeight">Rows from one window to the next.</param>
    /// <param name="strideWidth">Columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Ahead<T, TView>(TView x, int i, int W, int strideHeight, int strideWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        x.Fetch(i);
        if (strideWidth > 1)
        {
            x.Fetch(i + 1);
        }

        if (strideHeight > 1)
        {
            x.Fetch(i + W);
            if (strideWidth > 1)
            {
                x.Fetch(i + W + 1);
            }
        }
    }

    /// <summary>Adds the gradient to an element that is the largest, and returns what is left of it for the next: nothing then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Give<T, TView>(TView x, TView dx, int i, T largest, T gradient)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var hit = T.Equal(x[i], largest);
        dx[i] += T.Select(hit, gradient, T.Create(0));
        return T.Select(hit, T.Create(0), gradient);
    }
}
