using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// Transcendental functions from arithmetic that every target has: the same formula, and so nearly the same bits, in SIMD, scalar and SIMT code. Coefficients from
/// Cephes (S. Moshier); error at most 2 ulp over the stated range.
/// </summary>
static class LanesFormulas
{
    /// <summary>e to the power of x, for any x: 0 below -87.3, the largest finite range up to 88.7, then infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, ILanes<T>
    {
        var bounded = T.Max(T.Min(x, T.Create(88.3762626647949f)), T.Create(-87.3365478515625f));
        var n = T.Round(bounded * T.Create(1.44269504088896341f));
        var r = T.MultiplyAdd(n, T.Create(-0.693359375f), bounded);
        r = T.MultiplyAdd(n, T.Create(2.12194440e-4f), r);
        var p = T.Create(1.9875691500e-4f);
        p = T.MultiplyAdd(p, r, T.Create(1.3981999507e-3f));
        p = T.MultiplyAdd(p, r, T.Create(8.3334519073e-3f));
        p = T.MultiplyAdd(p, r, T.Create(4.1665795894e-2f));
        p = T.MultiplyAdd(p, r, T.Create(1.6666665459e-1f));
        p = T.MultiplyAdd(p, r, T.Create(5.0000001201e-1f));
        p = T.MultiplyAdd(p, r * r, r + T.Create(1));
        var y = p * T.PowerOfTwo(n);
        y = T.Select(T.Greater(x, T.Create(88.7228390f)), T.Create(float.PositiveInfinity), y);
        y = T.Select(T.Greater(T.Create(-87.3365478515625f), x), T.Create(0), y);
        return T.Select(T.Equal(x, x), y, x);
    }

    /// <summary>The natural logarithm: of 0 negative infinity, of a negative number NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x)
        where T : struct, ILanes<T>
    {
        var m = T.Significand(x);
        var e = T.Exponent(x);
        var large = T.Greater(m, T.Create(1.41421356237f));
        m = T.Select(large, m * T.Create(0.5f), m);
        e = T.Select(large, e + T.Create(1), e);
        var r = m - T.Create(1);
        var z = r * r;
        var p = T.Create(7.0376836292e-2f);
        p = T.MultiplyAdd(p, r, T.Create(-1.1514610310e-1f));
        p = T.MultiplyAdd(p, r, T.Create(1.1676998740e-1f));
        p = T.MultiplyAdd(p, r, T.Create(-1.2420140846e-1f));
        p = T.MultiplyAdd(p, r, T.Create(1.4249322787e-1f));
        p = T.MultiplyAdd(p, r, T.Create(-1.6668057665e-1f));
        p = T.MultiplyAdd(p, r, T.Create(2.0000714765e-1f));
        p = T.MultiplyAdd(p, r, T.Create(-2.4999993993e-1f));
        p = T.MultiplyAdd(p, r, T.Create(3.3333331174e-1f));
        var y = p * r * z;
        y = T.MultiplyAdd(e, T.Create(-2.12194440e-4f), y);
        y = T.MultiplyAdd(z, T.Create(-0.5f), y);
        y = T.MultiplyAdd(e, T.Create(0.693359375f), r + y);
        y = T.Select(T.Greater(T.Create(1.17549435e-38f), x), T.Create(float.NegativeInfinity), y);
        y = T.Select(T.Greater(T.Create(0), x), T.Create(float.NaN), y);
        y = T.Select(T.Greater(x, T.Create(float.MaxValue)), x, y);
        return T.Select(T.Equal(x, x), y, x);
    }

    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, ILanes<T>
    {
        var a = T.Abs(x);
        var z = x * x;
        var p = T.Create(-5.70498872745e-3f);
        p = T.MultiplyAdd(p, z, T.Create(2.06390887954e-2f));
        p = T.MultiplyAdd(p, z, T.Create(-5.37397155531e-2f));
        p = T.MultiplyAdd(p, z, T.Create(1.33314422036e-1f));
        p = T.MultiplyAdd(p, z, T.Create(-3.33332819422e-1f));
        var small = T.MultiplyAdd(p * z, x, x);
        var large = T.Create(1) - T.Create(2) / (Exp(a + a) + T.Create(1));
        large = T.Select(T.Greater(T.Create(0), x), -large, large);
        return T.Select(T.Greater(T.Create(0.625f), a), small, large);
    }
}
