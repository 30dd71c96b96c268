using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>Puts a border around [N, C, H, W].</summary>
    /// <param name="padding">Its width on each side, in pixels.</param>
    /// <param name="value">What it is filled with.</param>
    [Block]
    public static Layer Pad(int padding, float value = 0)
    {
        if (padding < 0)
        {
            throw new ArgumentException($"the border is {padding} wide; it cannot be negative, use Slice to cut", nameof(padding));
        }

        return Pad(padding, padding, padding, padding, value);
    }

    /// <summary>As <see cref="Pad(int, float)"/>, with a width for each side.</summary>
    [Operator("[N, C, H, W] -> [N, C, HO = H + top + bottom, WO = W + left + right]", Kernel = typeof(PadKernel), Fusion = Fusion.Injective, Channelwise = true)]
    [Position("ho = h + top")]
    [Position("wo = w + left")]
    [Requires("top >= 0 && bottom >= 0 && left >= 0 && right >= 0", "the border is {top}, {bottom}, {left} and {right} wide; it cannot be negative, use Slice to cut")]
    public static Layer Pad(int top, int bottom, int left, int right, float value = 0) => throw new NotExecutableException();
}

/// <summary>A border around a plane.</summary>
public static class PadKernel
{
    /// <summary>y[c, ho, wo] = x[c, ho − top, wo − left], or the value where that is outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView x, int c, int ho, int wo, int H, int W, int top, int left, float value)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var (h, w) = (ho - top, wo - left);
        return h >= 0 && h < H && w >= 0 && w < W ? x[(c * H + h) * W + w] : T.Create(value);
    }

    /// <summary>dx[c, h, w] = dy[c, h + top, w + left].</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView>(TView dy, int c, int h, int w, int HO, int WO, int top, int left)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => dy[(c * HO + h + top) * WO + w + left];
}
