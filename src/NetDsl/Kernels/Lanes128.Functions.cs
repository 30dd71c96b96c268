using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Kernels;

/// <content>
/// The functions of <see cref="LanesFormulas"/>, step by step, in operations of the vector itself: the JIT gives up inlining where a kernel has some hundred lane operations,
/// and a call for each costs ten times the work. One function then counts as one.
/// </content>
public readonly unsafe partial struct Lanes128
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Exp(Lanes128 x) => new(Exp(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Log(Lanes128 x) => new(Log(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Sigmoid(Lanes128 x) => new(Sigmoid(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Tanh(Lanes128 x) => new(Tanh(x.value));

    /// <summary>A number so large that adding it rounds to an integer, whose last bits are then an exponent with its bias: 3/2 · 2^23 + 127.</summary>
    const float Shift = 12583039f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> Exp(Vector128<float> x)
    {
        var bounded = Vector128.Max(Vector128.Min(x, Vector128.Create(88.3762626647949f)), Vector128.Create(-87.3365478515625f));
        var shifted = Vector128.FusedMultiplyAdd(bounded, Vector128.Create(1.44269504088896341f), Vector128.Create(Shift));
        var n = shifted - Vector128.Create(Shift);
        var r = Vector128.FusedMultiplyAdd(n, Vector128.Create(-0.693359375f), bounded);
        r = Vector128.FusedMultiplyAdd(n, Vector128.Create(2.12194440e-4f), r);
        var p = Vector128.Create(1.9875691500e-4f);
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(1.3981999507e-3f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(8.3334519073e-3f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(4.1665795894e-2f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(1.6666665459e-1f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(5.0000001201e-1f));
        p = Vector128.FusedMultiplyAdd(p, r * r, r + Vector128.Create(1f));
        var y = p * Vector128.ShiftLeft(shifted.AsInt32(), 23).AsSingle();
        y = Vector128.ConditionalSelect(Vector128.GreaterThan(x, Vector128.Create(88.7228390f)), Vector128.Create(float.PositiveInfinity), y);
        y = Vector128.ConditionalSelect(Vector128.GreaterThan(Vector128.Create(-87.3365478515625f), x), Vector128<float>.Zero, y);
        return Vector128.ConditionalSelect(Vector128.Equals(x, x), y, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> Log(Vector128<float> x)
    {
        var m = ((x.AsInt32() & Vector128.Create(0x007FFFFF)) | Vector128.Create(0x3F800000)).AsSingle();
        var e = Vector128.ConvertToSingle(Vector128.ShiftRightLogical(x.AsInt32(), 23) - Vector128.Create(127));
        var large = Vector128.GreaterThan(m, Vector128.Create(1.41421356237f));
        m = Vector128.ConditionalSelect(large, m * Vector128.Create(0.5f), m);
        e = Vector128.ConditionalSelect(large, e + Vector128.Create(1f), e);
        var r = m - Vector128.Create(1f);
        var z = r * r;
        var p = Vector128.Create(7.0376836292e-2f);
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(-1.1514610310e-1f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(1.1676998740e-1f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(-1.2420140846e-1f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(1.4249322787e-1f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(-1.6668057665e-1f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(2.0000714765e-1f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(-2.4999993993e-1f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(3.3333331174e-1f));
        var y = p * r * z;
        y = Vector128.FusedMultiplyAdd(e, Vector128.Create(-2.12194440e-4f), y);
        y = Vector128.FusedMultiplyAdd(z, Vector128.Create(-0.5f), y);
        y = Vector128.FusedMultiplyAdd(e, Vector128.Create(0.693359375f), r + y);
        y = Vector128.ConditionalSelect(Vector128.GreaterThan(Vector128.Create(1.17549435e-38f), x), Vector128.Create(float.NegativeInfinity), y);
        y = Vector128.ConditionalSelect(Vector128.GreaterThan(Vector128<float>.Zero, x), Vector128.Create(float.NaN), y);
        y = Vector128.ConditionalSelect(Vector128.GreaterThan(x, Vector128.Create(float.MaxValue)), x, y);
        return Vector128.ConditionalSelect(Vector128.Equals(x, x), y, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> Sigmoid(Vector128<float> x)
    {
        var bounded = Vector128.Max(Vector128.Min(x, Vector128.Create(87f)), Vector128.Create(-89f));
        var shifted = Vector128.FusedMultiplyAdd(bounded, Vector128.Create(-1.44269504088896341f), Vector128.Create(Shift));
        var n = shifted - Vector128.Create(Shift);
        var r = Vector128.FusedMultiplyAdd(n, Vector128.Create(0.693359375f), bounded);
        r = Vector128.FusedMultiplyAdd(n, Vector128.Create(-2.12194440e-4f), r);
        var p = Vector128.Create(1.38367491e-3f);
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(-8.37486885e-3f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(4.16682301e-2f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(-1.66664195e-1f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(4.99999920e-1f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(-1.00000004f));
        p = Vector128.FusedMultiplyAdd(p, r, Vector128.Create(1f));
        var power = Vector128.ShiftLeft(shifted.AsInt32(), 23).AsSingle();
        return Vector128.Create(1f) / Vector128.FusedMultiplyAdd(p, power, Vector128.Create(1f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> Tanh(Vector128<float> x)
    {
        var a = Vector128.Min(Vector128.Abs(x), Vector128.Create(10f));
        var shifted = Vector128.FusedMultiplyAdd(a, Vector128.Create(2.88539008177792681f), Vector128.Create(Shift));
        var n = shifted - Vector128.Create(Shift);
        var r = Vector128.FusedMultiplyAdd(n, Vector128.Create(-0.3466796875f), a);
        r = Vector128.FusedMultiplyAdd(n, Vector128.Create(1.06097220e-4f), r);
        var z = r * r;
        var p = Vector128.FusedMultiplyAdd(Vector128.Create(1.33811118e-1f), r, Vector128.Create(3.33332436e-1f));
        p = Vector128.FusedMultiplyAdd(Vector128.Create(4.45638508e-2f), z, p);
        p = Vector128.FusedMultiplyAdd(p, z, Vector128.FusedMultiplyAdd(Vector128.Create(6.66663076e-1f), r, Vector128.Create(1f)));
        p = Vector128.FusedMultiplyAdd(p, z, r);
        var power = Vector128.ShiftLeft(shifted.AsInt32(), 23).AsSingle();
        var above = Vector128.FusedMultiplyAdd(p, power, Vector128.FusedMultiplyAdd(power, Vector128.Create(0.5f), Vector128.Create(-0.5f)));
        var below = Vector128.FusedMultiplyAdd(p, power, Vector128.FusedMultiplyAdd(power, Vector128.Create(0.5f), Vector128.Create(0.5f)));
        return Vector128.CopySign(above / below, x);
    }
}
