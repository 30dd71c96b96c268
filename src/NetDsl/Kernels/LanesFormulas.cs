using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// Transcendental functions from arithmetic that every target has: the same formula, and so nearly the same bits, in SIMD, scalar and SIMT code. Coefficients of
/// exponential and logarithm from Cephes (S. Moshier), error at most 2 ulp over the stated range; the sigmoid and the hyperbolic tangent have their own, error at most 3 ulp
/// for every number.
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

    /// <summary>1 / (1 + e^-x), from 0 below -88.4 to 1; e^-x is p(r) 2^n with a minimax polynomial.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x)
        where T : struct, ILanes<T>
    {
        var bounded = T.Max(T.Min(x, T.Create(87f)), T.Create(-89f));
        var n = T.Round(bounded * T.Create(-1.44269504088896341f));
        var r = T.MultiplyAdd(n, T.Create(0.693359375f), bounded);
        r = T.MultiplyAdd(n, T.Create(-2.12194440e-4f), r);
        var p = T.Create(1.38367491e-3f);
        p = T.MultiplyAdd(p, r, T.Create(-8.37486885e-3f));
        p = T.MultiplyAdd(p, r, T.Create(4.16682301e-2f));
        p = T.MultiplyAdd(p, r, T.Create(-1.66664195e-1f));
        p = T.MultiplyAdd(p, r, T.Create(4.99999920e-1f));
        p = T.MultiplyAdd(p, r, T.Create(-1.00000004f));
        p = T.MultiplyAdd(p, r, T.Create(1f));
        var y = T.Create(1f) / T.MultiplyAdd(p, T.PowerOfTwo(n), T.Create(1f));
        return T.Select(T.Equal(x, x), y, x);
    }

    /// <summary>
    /// The hyperbolic tangent, (e^2a - 1) / (e^2a + 1) of a = |x| with the sign of x: half of e^2a - 1 is (p(r) + 1/2) 2^n - 1/2, where p, a polynomial for
    /// (e^2r - 1) / 2, keeps what is small.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, ILanes<T>
    {
        var a = T.Min(T.Abs(x), T.Create(10f));
        var n = T.Round(a * T.Create(2.88539008177792681f));
        var r = T.MultiplyAdd(n, T.Create(-0.3466796875f), a);
        r = T.MultiplyAdd(n, T.Create(1.06097220e-4f), r);
        var z = r * r;
        var p = T.MultiplyAdd(T.Create(1.33811118e-1f), r, T.Create(3.33332436e-1f));
        p = T.MultiplyAdd(T.Create(4.45638508e-2f), z, p);
        p = T.MultiplyAdd(p, z, T.MultiplyAdd(T.Create(6.66663076e-1f), r, T.Create(1f)));
        p = T.MultiplyAdd(p, z, r);
        var power = T.PowerOfTwo(n);
        var above = T.MultiplyAdd(p, power, T.MultiplyAdd(power, T.Create(0.5f), T.Create(-0.5f)));
        var below = T.MultiplyAdd(p, power, T.MultiplyAdd(power, T.Create(0.5f), T.Create(0.5f)));
        var y = above / below;
        y = T.Select(T.Greater(T.Create(0f), x), -y, y);
        return T.Select(T.Equal(x, x), y, x);
    }
}
