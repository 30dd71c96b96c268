using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetDsl.Kernels;

/// <summary>Four samples in one 128-bit register.</summary>
public readonly unsafe partial struct Lanes128(Vector128<float> value) : IMemoryLanes<Lanes128>
{
    readonly Vector128<float> value = value;

    public static int Count => 4;

    public static Lanes128 Create(float value) => new(Vector128.Create(value));
    public static Lanes128 Load(float* source) => new(*(Vector128<float>*)source);
    public static void Store(float* destination, Lanes128 value) => *(Vector128<float>*)destination = value.value;

    public static Lanes128 LowerHalf(Lanes128 a) => new(Vector128.ShiftLeft(a.value.AsInt32(), 16).AsSingle());
    public static Lanes128 UpperHalf(Lanes128 a) => new((a.value.AsUInt32() & Vector128.Create(0xFFFF0000u)).AsSingle());

    public static Lanes128 operator +(Lanes128 a, Lanes128 b) => new(a.value + b.value);
    public static Lanes128 operator -(Lanes128 a, Lanes128 b) => new(a.value - b.value);
    public static Lanes128 operator *(Lanes128 a, Lanes128 b) => new(a.value * b.value);
    public static Lanes128 operator /(Lanes128 a, Lanes128 b) => new(a.value / b.value);
    public static Lanes128 operator -(Lanes128 a) => new(-a.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MultiplyAdd(Lanes128 a, Lanes128 b, Lanes128 c) => new(Vector128.FusedMultiplyAdd(a.value, b.value, c.value));

    public static Lanes128 Max(Lanes128 a, Lanes128 b) => new(Vector128.Max(a.value, b.value));

    public static Lanes128 Larger(Lanes128 a, Lanes128 b) =>
        new(Sse.IsSupported ? Sse.Max(a.value, b.value) : Vector128.ConditionalSelect(Vector128.GreaterThan(a.value, b.value), a.value, b.value));

    public static Lanes128 Min(Lanes128 a, Lanes128 b) => new(Vector128.Min(a.value, b.value));
    public static Lanes128 Abs(Lanes128 a) => new(Vector128.Abs(a.value));
    public static Lanes128 Sqrt(Lanes128 a) => new(Vector128.Sqrt(a.value));
    public static Lanes128 Round(Lanes128 a) => new(Vector128.Round(a.value));
    public static Lanes128 Floor(Lanes128 a) => new(Vector128.Floor(a.value));

    public static Lanes128 PowerOfTwo(Lanes128 exponent) =>
        new(Vector128.ShiftLeft(Vector128.ConvertToInt32(exponent.value) + Vector128.Create(127), 23).AsSingle());

    public static Lanes128 Exponent(Lanes128 a) =>
        new(Vector128.ConvertToSingle(Vector128.ShiftRightLogical(a.value.AsInt32(), 23) - Vector128.Create(127)));

    public static Lanes128 Significand(Lanes128 a) =>
        new(((a.value.AsInt32() & Vector128.Create(0x007FFFFF)) | Vector128.Create(0x3F800000)).AsSingle());

    public static Lanes128 Greater(Lanes128 a, Lanes128 b) => new(Vector128.GreaterThan(a.value, b.value));
    public static Lanes128 GreaterOrEqual(Lanes128 a, Lanes128 b) => new(Vector128.GreaterThanOrEqual(a.value, b.value));
    public static Lanes128 Equal(Lanes128 a, Lanes128 b) => new(Vector128.Equals(a.value, b.value));
    public static Lanes128 And(Lanes128 a, Lanes128 b) => new(a.value & b.value);
    public static Lanes128 Or(Lanes128 a, Lanes128 b) => new(a.value | b.value);
    public static Lanes128 Not(Lanes128 mask) => new(~mask.value);

    public static Lanes128 Select(Lanes128 mask, Lanes128 whenTrue, Lanes128 whenFalse) =>
        new(Vector128.ConditionalSelect(mask.value, whenTrue.value, whenFalse.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Uniform(uint key, uint index, uint sample)
    {
        var counter = (Vector128.Create(sample) + Vector128<uint>.Indices) * CounterHash.SampleStride;
        return new(Unit(Finalize(Vector128.Create(CounterHash.Scramble(key, index)) ^ counter)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 UniformAlong(uint key, uint index, uint step, uint sample)
    {
        var element = Vector128.Create(index) + (Vector128<uint>.Indices * step);
        var scrambled = Finalize(Vector128.Create(key) + (element * CounterHash.IndexStride));
        return new(Unit(Finalize(scrambled ^ Vector128.Create(sample * CounterHash.SampleStride))));
    }

    /// <summary>As <see cref="CounterHash.Finalize"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<uint> Finalize(Vector128<uint> hash)
    {
        hash ^= hash >>> 16;
        hash *= CounterHash.FirstMultiplier;
        hash ^= hash >>> 15;
        hash *= CounterHash.SecondMultiplier;
        return hash ^ (hash >>> 16);
    }

    static Vector128<float> Unit(Vector128<uint> hash) => Vector128.ConvertToSingle((hash >>> 8).AsInt32()) * CounterHash.Unit;

    public static float Sum(Lanes128 a)
    {
        var half = a.value + Vector128.Shuffle(a.value, Vector128.Create(2, 3, 0, 1));
        return half[0] + half[1];
    }
}
