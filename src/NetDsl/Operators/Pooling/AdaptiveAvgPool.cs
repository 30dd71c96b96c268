using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The average over as many windows as are asked for: [N, C, H, W] to [N, C, size, size], with the windows of PyTorch's <c>AdaptiveAvgPool2d</c>: row i of the result takes
    /// the rows from ⌊i H / size⌋ to ⌈(i + 1) H / size⌉ − 1. None is empty; neighbours share a row where the sizes do not divide.
    /// </summary>
    /// <param name="size">Rows and columns of the result.</param>
    [Block]
    public static Layer AdaptiveAvgPool(int size)
    {
        RequirePositive(size, nameof(size), "the size");
        return AdaptiveAvgPool(size, size);
    }

    /// <summary>As <see cref="AdaptiveAvgPool(int)"/>, with a height and a width.</summary>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    [Operator("[N, C, H, W] -> [N, C, HO = height, WO = width]", Kernel = typeof(AdaptiveAvgPoolKernel), Fusion = Fusion.Injective, Channelwise = true)]
    [Requires("height > 0", "the height is {height}; it must be at least 1", Argument = "height")]
    [Requires("width > 0", "the width is {width}; it must be at least 1", Argument = "width")]
    public static Layer AdaptiveAvgPool(int height, int width) => throw new NotExecutableException();
}

/// <summary>Average pooling to a given size.</summary>
public static class AdaptiveAvgPoolKernel
{
    /// <summary>y[c, ho, wo] = the mean of the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView x, int c, int ho, int wo, int H, int W, int HO, int WO)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var (top, bottom) = (Begin(ho, H, HO), End(ho, H, HO));
        var (left, right) = (Begin(wo, W, WO), End(wo, W, WO));
        var sum = T.Create(0);
        for (var h = top; h < bottom; h++)
        {
            for (var w = left; w < right; w++)
            {
                sum += x[(c * H + h) * W + w];
            }
        }

        return sum * T.Create(1f / ((bottom - top) * (right - left)));
    }

    /// <summary>Channel c of dx: each window's gradient is spread evenly over its elements.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient<T, TView>(TView dy, TView dx, int c, int H, int W, int HO, int WO)
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
                var (top, bottom) = (Begin(ho, H, HO), End(ho, H, HO));
                var (left, right) = (Begin(wo, W, WO), End(wo, W, WO));
                var gradient = dy[(c * HO + ho) * WO + wo] * T.Create(1f / ((bottom - top) * (right - left)));
                for (var h = top; h < bottom; h++)
                {
                    for (var w = left; w < right; w++)
                    {
                        dx[(c * H + h) * W + w] += gradient;
                    }
                }
            }
        }
    }

    /// <summary>The first row of window i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Begin(int i, int size, int windows) => i * size / windows;

    /// <summary>The row behind the last one of window i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int End(int i, int size, int windows) => ((i + 1) * size + windows - 1) / windows;
}
