using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Stochastic pooling over windows of [N, C, H, W] (Zeiler and Fergus 2013), as Caffe's <c>pool: STOCHASTIC</c>. A training step takes one element of each window, each with the
    /// probability x / Σ x; a prediction takes their mean by these probabilities, Σ x² / Σ x. Put it behind a <see cref="ReLU"/>: what is below 0 counts as 0, and a window
    /// without anything above 0 gives 0. What is taken depends only on seed, step, layer, sample and element.
    /// </summary>
    /// <param name="kernel">Height and width of the window, in pixels.</param>
    /// <param name="stride">Step between windows; the kernel's size unless given.</param>
    /// <param name="rounding">How windows that reach over the border count. There is no padding, as in Caffe.</param>
    [Block]
    public static Layer StochasticPool(int kernel, int? stride = null, Rounding rounding = Rounding.Ceiling) =>
        StochasticPool((kernel, kernel), (stride ?? kernel, stride ?? kernel), rounding);

    /// <summary>As <see cref="StochasticPool(int, int?, Rounding)"/>, with heights and widths of their own.</summary>
    [Block]
    public static Layer StochasticPool((int Height, int Width) kernel, (int Height, int Width) stride, Rounding rounding = Rounding.Ceiling) =>
        x => StochasticPool(x, DrawPerWindow(x, kernel, stride, rounding), kernel, stride, rounding);

    /// <summary>As <see cref="StochasticPool(int, int?, Rounding)"/>, by numbers that are given.</summary>
    /// <param name="x">The input.</param>
    /// <param name="draw">A number in [0, 1) for each window: the part of the window's sum that lies before what is taken.</param>
    /// <param name="kernel">Height and width of the window, in pixels.</param>
    /// <param name="stride">Step between windows.</param>
    /// <param name="rounding">How windows that reach over the border count.</param>
    [Operator("[N, C, H, W], [N, C, HO, WO] -> [N, C, HO, WO]", Kernel = typeof(StochasticPoolKernel), Fusion = Fusion.Injective, Channelwise = true)]
    [Position("h = stride.Height*ho + 0.5*(kernel.Height - 1)")]
    [Position("w = stride.Width*wo + 0.5*(kernel.Width - 1)")]
    public static Tensor StochasticPool(
        Tensor x, Tensor draw, (int Height, int Width) kernel, (int Height, int Width) stride, Rounding rounding) => throw new NotExecutableException();

    /// <summary>A uniform number in [0, 1) for each window of a pooling of [N, C, H, W]: [N, C, HO, WO].</summary>
    [Operator(
        "[N, C, H, W] -> [N, C, HO = pooled(H, kernel.Height, stride.Height, 0, rounding), WO = pooled(W, kernel.Width, stride.Width, 0, rounding)]",
        Kernel = typeof(DrawPerWindowKernel),
        Fusion = Fusion.Injective)]
    [Requires("kernel.Height > 0 && kernel.Width > 0", "the window is {kernel.Height}×{kernel.Width}; it must be at least 1×1", Argument = "kernel")]
    [Requires("stride.Height > 0 && stride.Width > 0", "the stride is {stride.Height}×{stride.Width}; it must be at least 1", Argument = "stride")]
    [Requires("kernel.Height <= H && kernel.Width <= W", "the window is {kernel.Height}×{kernel.Width}; use kernel ≤ {min(H, W)}")]
    [Requires("(HO - 1)*stride.Height < H && (WO - 1)*stride.Width < W", "the last window lies outside the input; use 'rounding: Rounding.Floor'")]
    public static Tensor DrawPerWindow(Tensor x, (int Height, int Width) kernel, (int Height, int Width) stride, Rounding rounding) => throw new NotExecutableException();
}

/// <summary>Uniform numbers.</summary>
public static class DrawPerWindowKernel
{
    /// <summary>y[c, ho, wo] = a number of its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T>(T random)
        where T : struct, ILanes<T> => random;
}

/// <summary>Stochastic pooling.</summary>
public static class StochasticPoolKernel
{
    /// <summary>y[c, ho, wo] = the first x at which the sum so far is greater than draw · Σ x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(
        TView x, TView draw, int c, int ho, int wo, int H, int W, int HO, int WO, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var (top, left) = (ho * strideHeight, wo * strideWidth);
        var (bottom, right) = (Math.Min(top + kernelHeight, H), Math.Min(left + kernelWidth, W));
        var threshold = draw[(c * HO + ho) * WO + wo] * Total<T, TView>(x, c, top, left, bottom, right, H, W);
        var (sum, taken) = (T.Create(0), T.Create(0));
        for (var h = top; h < bottom; h++)
        {
            for (var w = left; w < right; w++)
            {
                var value = T.Max(x[(c * H + h) * W + w], T.Create(0));
                taken = T.Select(T.Greater(sum, threshold), taken, value);
                sum += value;
                taken = T.Select(T.Greater(sum, threshold), taken, T.Create(0));
            }
        }

        return taken;
    }

    /// <summary>y[c, ho, wo] = Σ x² / Σ x over the window.</summary>
    [Prediction]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Prediction<T, TView>(TView x, int c, int ho, int wo, int H, int W, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var (top, left) = (ho * strideHeight, wo * strideWidth);
        var (bottom, right) = (Math.Min(top + kernelHeight, H), Math.Min(left + kernelWidth, W));
        var sum = Total<T, TView>(x, c, top, left, bottom, right, H, W);
        var squares = T.Create(0);
        for (var h = top; h < bottom; h++)
        {
            for (var w = left; w < right; w++)
            {
                var value = T.Max(x[(c * H + h) * W + w], T.Create(0));
                squares = T.MultiplyAdd(value, value, squares);
            }
        }

        return T.Select(T.Greater(sum, T.Create(0)), squares / sum, T.Create(0));
    }

    /// <summary>Channel c of dx: each window's gradient goes to the element that was taken.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient<T, TView>(
        TView dy, TView x, TView draw, TView dx, int c, int H, int W, int HO, int WO, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth)
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
                var (top, left) = (ho * strideHeight, wo * strideWidth);
                var (bottom, right) = (Math.Min(top + kernelHeight, H), Math.Min(left + kernelWidth, W));
                var threshold = draw[(c * HO + ho) * WO + wo] * Total<T, TView>(x, c, top, left, bottom, right, H, W);
                var (sum, gradient) = (T.Create(0), dy[(c * HO + ho) * WO + wo]);
                for (var h = top; h < bottom; h++)
                {
                    for (var w = left; w < right; w++)
                    {
                        var i = (c * H + h) * W + w;
                        sum += T.Max(x[i], T.Create(0));
                        var hit = T.Greater(sum, threshold);
                        dx[i] += T.Select(hit, gradient, T.Create(0));
                        gradient = T.Select(hit, T.Create(0), gradient);
                    }
                }
            }
        }
    }

    /// <summary>The sum of a window, in the order in which it is walked: then it is greater than any part of it, and some element is always taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Total<T, TView>(TView x, int c, int top, int left, int bottom, int right, int H, int W)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var h = top; h < bottom; h++)
        {
            for (var w = left; w < right; w++)
            {
                sum += T.Max(x[(c * H + h) * W + w], T.Create(0));
            }
        }

        return sum;
    }
}
