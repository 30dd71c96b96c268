using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Kernels;

/// <content>
/// The functions of <see cref="LanesFormulas"/>, step by step, in operations of the vector itself: the JIT gives up inlining where a kernel has some hundred lane operations,
/// and a call for each costs ten times the work. One function then counts as one.
/// </content>
public readonly unsafe partial struct Lanes256
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Exp(Lanes256 x) => new(Exp(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Log(Lanes256 x) => new(Log(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Sigmoid(Lanes256 x) => new(Sigmoid(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Tanh(Lanes256 x) => new(Tanh(x.value));

    /// <summary>A number so large that adding it rounds to an integer, whose last bits are then an exponent with its bias: 3/2 · 2^23 + 127.</summary>
    const float Shift = 12583039f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Exp(Vector256<float> x)
    {
        var bounded = Vector256.Max(Vector256.Min(x, Vector256.Create(88.3762626647949f)), Vector256.Create(-87.3365478515625f));
        var shifted = Vector256.FusedMultiplyAdd(bounded, Vector256.Create(1.44269504088896341f), Vector256.Create(Shift));
        var n = shifted - Vector256.Create(Shift);
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-0.693359375f), bounded);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(2.12194440e-4f), r);
        var p = Vector256.Create(1.9875691500e-4f);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.3981999507e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(8.3334519073e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(4.1665795894e-2f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.6666665459e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(5.0000001201e-1f));
        p = Vector256.FusedMultiplyAdd(p, r * r, r + Vector256.Create(1f));
        var y = p * Vector256.ShiftLeft(shifted.AsInt32(), 23).AsSingle();
        y = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(88.7228390f)), Vector256.Create(float.PositiveInfinity), y);
        y = Vector256.ConditionalSelect(Vector256.GreaterThan(Vector256.Create(-87.3365478515625f), x), Vector256<float>.Zero, y);
        return Vector256.ConditionalSelect(Vector256.Equals(x, x), y, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Log(Vector256<float> x)
    {
        var m = ((x.AsInt32() & Vector256.Create(0x007FFFFF)) | Vector256.Create(0x3F800000)).AsSingle();
        var e = Vector256.ConvertToSingle(Vector256.ShiftRightLogical(x.AsInt32(), 23) - Vector256.Create(127));
        var large = Vector256.GreaterThan(m, Vector256.Create(1.41421356237f));
        m = Vector256.ConditionalSelect(large, m * Vector256.Create(0.5f), m);
        e = Vector256.ConditionalSelect(large, e + Vector256.Create(1f), e);
        var r = m - Vector256.Create(1f);
        var z = r * r;
        var p = Vector256.Create(7.0376836292e-2f);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(-1.1514610310e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.1676998740e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(-1.2420140846e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.4249322787e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(-1.6668057665e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(2.0000714765e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(-2.4999993993e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(3.3333331174e-1f));
        var y = p * r * z;
        y = Vector256.FusedMultiplyAdd(e, Vector256.Create(-2.12194440e-4f), y);
        y = Vector256.FusedMultiplyAdd(z, Vector256.Create(-0.5f), y);
        y = Vector256.FusedMultiplyAdd(e, Vector256.Create(0.693359375f), r + y);
        y = Vector256.ConditionalSelect(Vector256.GreaterThan(Vector256.Create(1.17549435e-38f), x), Vector256.Create(float.NegativeInfinity), y);
        y = Vector256.ConditionalSelect(Vector256.GreaterThan(Vector256<float>.Zero, x), Vector256.Create(float.NaN), y);
        y = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(float.MaxValue)), x, y);
        return Vector256.ConditionalSelect(Vector256.Equals(x, x), y, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Sigmoid(Vector256<float> x)
    {
        var bounded = Vector256.Max(Vector256.Min(x, Vector256.Create(87f)), Vector256.Create(-89f));
        var shifted = Vector256.FusedMultiplyAdd(bounded, Vector256.Create(-1.44269504088896341f), Vector256.Create(Shift));
        var n = shifted - Vector256.Create(Shift);
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(0.693359375f), bounded);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-2.12194440e-4f), r);
        var p = Vector256.Create(1.38367491e-3f);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(-8.37486885e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(4.16682301e-2f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(-1.66664195e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(4.99999920e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(-1.00000004f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1f));
        var power = Vector256.ShiftLeft(shifted.AsInt32(), 23).AsSingle();
        return Vector256.Create(1f) / Vector256.FusedMultiplyAdd(p, power, Vector256.Create(1f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Tanh(Vector256<float> x)
    {
        var a = Vector256.Min(Vector256.Abs(x), Vector256.Create(10f));
        var shifted = Vector256.FusedMultiplyAdd(a, Vector256.Create(2.88539008177792681f), Vector256.Create(Shift));
        var n = shifted - Vector256.Create(Shift);
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-0.3466796875f), a);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(1.06097220e-4f), r);
        var z = r * r;
        var p = Vector256.FusedMultiplyAdd(Vector256.Create(1.33811118e-1f), r, Vector256.Create(3.33332436e-1f));
        p = Vector256.FusedMultiplyAdd(Vector256.Create(4.45638508e-2f), z, p);
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.FusedMultiplyAdd(Vector256.Create(6.66663076e-1f), r, Vector256.Create(1f)));
        p = Vector256.FusedMultiplyAdd(p, z, r);
        var power = Vector256.ShiftLeft(shifted.AsInt32(), 23).AsSingle();
        var above = Vector256.FusedMultiplyAdd(p, power, Vector256.FusedMultiplyAdd(power, Vector256.Create(0.5f), Vector256.Create(-0.5f)));
        var below = Vector256.FusedMultiplyAdd(p, power, Vector256.FusedMultiplyAdd(power, Vector256.Create(0.5f), Vector256.Create(0.5f)));
        return Vector256.CopySign(above / below, x);
    }
}
