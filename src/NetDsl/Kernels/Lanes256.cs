using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetDsl.Kernels;

/// <summary>Eight samples in one 256-bit register.</summary>
public readonly unsafe partial struct Lanes256(Vector256<float> value) : IMemoryLanes<Lanes256>
{
    readonly Vector256<float> value = value;

    public static int Count => 8;

    public static Lanes256 Create(float value) => new(Vector256.Create(value));
    public static Lanes256 Load(float* source) => new(*(Vector256<float>*)source);
    public static void Store(float* destination, Lanes256 value) => *(Vector256<float>*)destination = value.value;

    public static Lanes256 LowerHalf(Lanes256 a) => new(Vector256.ShiftLeft(a.value.AsInt32(), 16).AsSingle());
    public static Lanes256 UpperHalf(Lanes256 a) => new((a.value.AsUInt32() & Vector256.Create(0xFFFF0000u)).AsSingle());

    public static Lanes256 operator +(Lanes256 a, Lanes256 b) => new(a.value + b.value);
    public static Lanes256 operator -(Lanes256 a, Lanes256 b) => new(a.value - b.value);
    public static Lanes256 operator *(Lanes256 a, Lanes256 b) => new(a.value * b.value);
    public static Lanes256 operator /(Lanes256 a, Lanes256 b) => new(a.value / b.value);
    public static Lanes256 operator -(Lanes256 a) => new(-a.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyAdd(Lanes256 a, Lanes256 b, Lanes256 c) => new(Vector256.FusedMultiplyAdd(a.value, b.value, c.value));

    public static Lanes256 Max(Lanes256 a, Lanes256 b) => new(Vector256.Max(a.value, b.value));

    public static Lanes256 Larger(Lanes256 a, Lanes256 b) =>
        new(Avx.IsSupported ? Avx.Max(a.value, b.value) : Vector256.ConditionalSelect(Vector256.GreaterThan(a.value, b.value), a.value, b.value));

    public static Lanes256 Min(Lanes256 a, Lanes256 b) => new(Vector256.Min(a.value, b.value));
    public static Lanes256 Abs(Lanes256 a) => new(Vector256.Abs(a.value));
    public static Lanes256 Sqrt(Lanes256 a) => new(Vector256.Sqrt(a.value));
    public static Lanes256 Round(Lanes256 a) => new(Vector256.Round(a.value));
    public static Lanes256 Floor(Lanes256 a) => new(Vector256.Floor(a.value));

    public static Lanes256 PowerOfTwo(Lanes256 exponent) =>
        new(Vector256.ShiftLeft(Vector256.ConvertToInt32(exponent.value) + Vector256.Create(127), 23).AsSingle());

    public static Lanes256 Exponent(Lanes256 a) =>
        new(Vector256.ConvertToSingle(Vector256.ShiftRightLogical(a.value.AsInt32(), 23) - Vector256.Create(127)));

    public static Lanes256 Significand(Lanes256 a) =>
        new(((a.value.AsInt32() & Vector256.Create(0x007FFFFF)) | Vector256.Create(0x3F800000)).AsSingle());

    public static Lanes256 Greater(Lanes256 a, Lanes256 b) => new(Vector256.GreaterThan(a.value, b.value));
    public static Lanes256 GreaterOrEqual(Lanes256 a, Lanes256 b) => new(Vector256.GreaterThanOrEqual(a.value, b.value));
    public static Lanes256 Equal(Lanes256 a, Lanes256 b) => new(Vector256.Equals(a.value, b.value));
    public static Lanes256 And(Lanes256 a, Lanes256 b) => new(a.value & b.value);
    public static Lanes256 Or(Lanes256 a, Lanes256 b) => new(a.value | b.value);
    public static Lanes256 Not(Lanes256 mask) => new(~mask.value);

    public static Lanes256 Select(Lanes256 mask, Lanes256 whenTrue, Lanes256 whenFalse) =>
        new(Vector256.ConditionalSelect(mask.value, whenTrue.value, whenFalse.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Uniform(uint key, uint index, uint sample)
    {
        var counter = (Vector256.Create(sample) + Vector256<uint>.Indices) * CounterHash.SampleStride;
        return new(Unit(Finalize(Vector256.Create(CounterHash.Scramble(key, index)) ^ counter)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 UniformAlong(uint key, uint index, uint step, uint sample)
    {
        var element = Vector256.Create(index) + (Vector256<uint>.Indices * step);
        var scrambled = Finalize(Vector256.Create(key) + (element * CounterHash.IndexStride));
        return new(Unit(Finalize(scrambled ^ Vector256.Create(sample * CounterHash.SampleStride))));
    }

    /// <summary>As <see cref="CounterHash.Finalize"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Finalize(Vector256<uint> hash)
    {
        hash ^= hash >>> 16;
        hash *= CounterHash.FirstMultiplier;
        hash ^= hash >>> 15;
        hash *= CounterHash.SecondMultiplier;
        return hash ^ (hash >>> 16);
    }

    static Vector256<float> Unit(Vector256<uint> hash) => Vector256.ConvertToSingle((hash >>> 8).AsInt32()) * CounterHash.Unit;

    /// <summary>Halves are added until one lane is left: the same tree for every width.</summary>
    public static float Sum(Lanes256 a)
    {
        var half = a.value.GetLower() + a.value.GetUpper();
        return Lanes128.Sum(new(half));
    }
}
