using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The maximum over as many windows as are asked for: [N, C, H, W] to [N, C, size, size], with the windows of <see cref="AdaptiveAvgPool(int)"/> (PyTorch's
    /// <c>AdaptiveMaxPool2d</c>). Ties go to the first element.
    /// </summary>
    /// <param name="size">Rows and columns of the result.</param>
    [Block]
    public static Layer AdaptiveMaxPool(int size)
    {
        RequirePositive(size, nameof(size), "the size");
        return AdaptiveMaxPool(size, size);
    }

    /// <summary>As <see cref="AdaptiveMaxPool(int)"/>, with a height and a width.</summary>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    [Operator("[N, C, H, W] -> [N, C, HO = height, WO = width]", Kernel = typeof(AdaptiveMaxPoolKernel), Fusion = Fusion.Injective, Channelwise = true, Selects = true)]
    [Requires("height > 0", "the height is {height}; it must be at least 1", Argument = "height")]
    [Requires("width > 0", "the width is {width}; it must be at least 1", Argument = "width")]
    public static Layer AdaptiveMaxPool(int height, int width) => throw new NotExecutableException();
}

/// <summary>Maximum pooling to a given size.</summary>
public static class AdaptiveMaxPoolKernel
{
    /// <summary>y[c, ho, wo] = the largest x in the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView x, int c, int ho, int wo, int H, int W, int HO, int WO)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var (top, bottom) = (AdaptiveAvgPoolKernel.Begin(ho, H, HO), AdaptiveAvgPoolKernel.End(ho, H, HO));
        var (left, right) = (AdaptiveAvgPoolKernel.Begin(wo, W, WO), AdaptiveAvgPoolKernel.End(wo, W, WO));
        var largest = x[(c * H + top) * W + left];
        for (var h = top; h < bottom; h++)
        {
            for (var w = left; w < right; w++)
            {
                var value = x[(c * H + h) * W + w];
                largest = T.Select(T.Greater(value, largest), value, largest);
            }
        }

        return largest;
    }

    /// <summary>Channel c of dx: each window's gradient goes to its first largest element.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient<T, TView>(TView dy, TView x, TView y, TView dx, int c, int H, int W, int HO, int WO)
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
                var (largest, gradient) = (y[(c * HO + ho) * WO + wo], dy[(c * HO + ho) * WO + wo]);
                for (var h = AdaptiveAvgPoolKernel.Begin(ho, H, HO); h < AdaptiveAvgPoolKernel.End(ho, H, HO); h++)
                {
                    for (var w = AdaptiveAvgPoolKernel.Begin(wo, W, WO); w < AdaptiveAvgPoolKernel.End(wo, W, WO); w++)
                    {
                        var i = (c * H + h) * W + w;
                        var hit = T.Equal(x[i], largest);
                        dx[i] += T.Select(hit, gradient, T.Create(0));
                        gradient = T.Select(hit, T.Create(0), gradient);
                    }
                }
            }
        }
    }
}
