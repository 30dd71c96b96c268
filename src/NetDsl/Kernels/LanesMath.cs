using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>Transcendental functions of lanes: nearly the same bits in SIMD, scalar and SIMT code; error at most 3 ulp over the stated range; NaN stays NaN.</summary>
public static class LanesMath
{
    /// <summary>e to the power of x, for any x: 0 below -87.3, the largest finite range up to 88.7, then infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, ILanes<T> => T.Exp(x);

    /// <summary>The natural logarithm: of 0 negative infinity, of a negative number NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x)
        where T : struct, ILanes<T> => T.Log(x);

    /// <summary>1 / (1 + e^-x), relative to its own size exact to 3 ulp down to e^-88; 0 below -88.4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x)
        where T : struct, ILanes<T> => T.Sigmoid(x);

    /// <summary>The hyperbolic tangent, to 3 ulp, never beyond ±1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, ILanes<T> => T.Tanh(x);

    /// <summary>x to the power of y, for positive x; 0 for x = 0 and positive y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Pow<T>(T x, T y)
        where T : struct, ILanes<T> => Exp(y * Log(x));
}
