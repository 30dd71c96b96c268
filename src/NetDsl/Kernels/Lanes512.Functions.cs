using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Kernels;

/// <content>
/// The functions of <see cref="LanesFormulas"/>, step by step, in operations of the vector itself: the JIT gives up inlining where a kernel has some hundred lane operations,
/// and a call for each costs ten times the work. One function then counts as one.
/// </content>
public readonly unsafe partial struct Lanes512
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Exp(Lanes512 x) => new(Exp(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Log(Lanes512 x) => new(Log(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sigmoid(Lanes512 x) => new(Sigmoid(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Tanh(Lanes512 x) => new(Tanh(x.value));

    /// <summary>A number so large that adding it rounds to an integer, whose last bits are then an exponent with its bias: 3/2 · 2^23 + 127.</summary>
    const float Shift = 12583039f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Exp(Vector512<float> x)
    {
        var bounded = Vector512.Max(Vector512.Min(x, Vector512.Create(88.3762626647949f)), Vector512.Create(-87.3365478515625f));
        var shifted = Vector512.FusedMultiplyAdd(bounded, Vector512.Create(1.44269504088896341f), Vector512.Create(Shift));
        var n = shifted - Vector512.Create(Shift);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), bounded);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        var p = Vector512.Create(1.9875691500e-4f);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(5.0000001201e-1f));
        p = Vector512.FusedMultiplyAdd(p, r * r, r + Vector512.Create(1f));
        var y = p * Vector512.ShiftLeft(shifted.AsInt32(), 23).AsSingle();
        y = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(88.7228390f)), Vector512.Create(float.PositiveInfinity), y);
        y = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Create(-87.3365478515625f), x), Vector512<float>.Zero, y);
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), y, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Log(Vector512<float> x)
    {
        var m = ((x.AsInt32() & Vector512.Create(0x007FFFFF)) | Vector512.Create(0x3F800000)).AsSingle();
        var e = Vector512.ConvertToSingle(Vector512.ShiftRightLogical(x.AsInt32(), 23) - Vector512.Create(127));
        var large = Vector512.GreaterThan(m, Vector512.Create(1.41421356237f));
        m = Vector512.ConditionalSelect(large, m * Vector512.Create(0.5f), m);
        e = Vector512.ConditionalSelect(large, e + Vector512.Create(1f), e);
        var r = m - Vector512.Create(1f);
        var z = r * r;
        var p = Vector512.Create(7.0376836292e-2f);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(-1.1514610310e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.1676998740e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(-1.2420140846e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.4249322787e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(-1.6668057665e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(2.0000714765e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(-2.4999993993e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(3.3333331174e-1f));
        var y = p * r * z;
        y = Vector512.FusedMultiplyAdd(e, Vector512.Create(-2.12194440e-4f), y);
        y = Vector512.FusedMultiplyAdd(z, Vector512.Create(-0.5f), y);
        y = Vector512.FusedMultiplyAdd(e, Vector512.Create(0.693359375f), r + y);
        y = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Create(1.17549435e-38f), x), Vector512.Create(float.NegativeInfinity), y);
        y = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512<float>.Zero, x), Vector512.Create(float.NaN), y);
        y = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(float.MaxValue)), x, y);
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), y, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Sigmoid(Vector512<float> x)
    {
        var bounded = Vector512.Max(Vector512.Min(x, Vector512.Create(87f)), Vector512.Create(-89f));
        var shifted = Vector512.FusedMultiplyAdd(bounded, Vector512.Create(-1.44269504088896341f), Vector512.Create(Shift));
        var n = shifted - Vector512.Create(Shift);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(0.693359375f), bounded);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-2.12194440e-4f), r);
        var p = Vector512.Create(1.38367491e-3f);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(-8.37486885e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.16682301e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(-1.66664195e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.99999920e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(-1.00000004f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f));
        var power = Vector512.ShiftLeft(shifted.AsInt32(), 23).AsSingle();
        return Vector512.Create(1f) / Vector512.FusedMultiplyAdd(p, power, Vector512.Create(1f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Tanh(Vector512<float> x)
    {
        var a = Vector512.Min(Vector512.Abs(x), Vector512.Create(10f));
        var shifted = Vector512.FusedMultiplyAdd(a, Vector512.Create(2.88539008177792681f), Vector512.Create(Shift));
        var n = shifted - Vector512.Create(Shift);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.3466796875f), a);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(1.06097220e-4f), r);
        var z = r * r;
        var p = Vector512.FusedMultiplyAdd(Vector512.Create(1.33811118e-1f), r, Vector512.Create(3.33332436e-1f));
        p = Vector512.FusedMultiplyAdd(Vector512.Create(4.45638508e-2f), z, p);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.FusedMultiplyAdd(Vector512.Create(6.66663076e-1f), r, Vector512.Create(1f)));
        p = Vector512.FusedMultiplyAdd(p, z, r);
        var power = Vector512.ShiftLeft(shifted.AsInt32(), 23).AsSingle();
        var above = Vector512.FusedMultiplyAdd(p, power, Vector512.FusedMultiplyAdd(power, Vector512.Create(0.5f), Vector512.Create(-0.5f)));
        var below = Vector512.FusedMultiplyAdd(p, power, Vector512.FusedMultiplyAdd(power, Vector512.Create(0.5f), Vector512.Create(0.5f)));
        return Vector512.CopySign(above / below, x);
    }
}
