using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetDsl.Kernels;

/// <summary>Sixteen samples in one 512-bit register.</summary>
public readonly unsafe partial struct Lanes512(Vector512<float> value) : IMemoryLanes<Lanes512>
{
    readonly Vector512<float> value = value;

    public static int Count => 16;

    public static Lanes512 Create(float value) => new(Vector512.Create(value));
    public static Lanes512 Load(float* source) => new(*(Vector512<float>*)source);
    public static void Store(float* destination, Lanes512 value) => *(Vector512<float>*)destination = value.value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(float* destination, Lanes512 value) => value.value.StoreAlignedNonTemporal(destination);

    public static void Fence()
    {
        if (Sse.IsSupported)
        {
            Sse.StoreFence();
        }
    }

    public static Lanes512 LowerHalf(Lanes512 a) => new(Vector512.ShiftLeft(a.value.AsInt32(), 16).AsSingle());
    public static Lanes512 UpperHalf(Lanes512 a) => new((a.value.AsUInt32() & Vector512.Create(0xFFFF0000u)).AsSingle());

    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => new(a.value + b.value);
    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => new(a.value - b.value);
    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => new(a.value * b.value);
    public static Lanes512 operator /(Lanes512 a, Lanes512 b) => new(a.value / b.value);
    public static Lanes512 operator -(Lanes512 a) => new(-a.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 a, Lanes512 b, Lanes512 c) => new(Vector512.FusedMultiplyAdd(a.value, b.value, c.value));

    public static Lanes512 Max(Lanes512 a, Lanes512 b) => new(Vector512.Max(a.value, b.value));

    public static Lanes512 Larger(Lanes512 a, Lanes512 b) =>
        new(Avx512F.IsSupported ? Avx512F.Max(a.value, b.value) : Vector512.ConditionalSelect(Vector512.GreaterThan(a.value, b.value), a.value, b.value));

    public static Lanes512 Min(Lanes512 a, Lanes512 b) => new(Vector512.Min(a.value, b.value));
    public static Lanes512 Abs(Lanes512 a) => new(Vector512.Abs(a.value));
    public static Lanes512 Sqrt(Lanes512 a) => new(Vector512.Sqrt(a.value));
    public static Lanes512 Round(Lanes512 a) => new(Vector512.Round(a.value));
    public static Lanes512 Floor(Lanes512 a) => new(Vector512.Floor(a.value));

    public static Lanes512 PowerOfTwo(Lanes512 exponent) =>
        new(Vector512.ShiftLeft(Vector512.ConvertToInt32(exponent.value) + Vector512.Create(127), 23).AsSingle());

    public static Lanes512 Exponent(Lanes512 a) =>
        new(Vector512.ConvertToSingle(Vector512.ShiftRightLogical(a.value.AsInt32(), 23) - Vector512.Create(127)));

    public static Lanes512 Significand(Lanes512 a) =>
        new(((a.value.AsInt32() & Vector512.Create(0x007FFFFF)) | Vector512.Create(0x3F800000)).AsSingle());

    public static Lanes512 Greater(Lanes512 a, Lanes512 b) => new(Vector512.GreaterThan(a.value, b.value));
    public static Lanes512 GreaterOrEqual(Lanes512 a, Lanes512 b) => new(Vector512.GreaterThanOrEqual(a.value, b.value));
    public static Lanes512 Equal(Lanes512 a, Lanes512 b) => new(Vector512.Equals(a.value, b.value));
    public static Lanes512 And(Lanes512 a, Lanes512 b) => new(a.value & b.value);
    public static Lanes512 Or(Lanes512 a, Lanes512 b) => new(a.value | b.value);
    public static Lanes512 Not(Lanes512 mask) => new(~mask.value);

    public static Lanes512 Select(Lanes512 mask, Lanes512 whenTrue, Lanes512 whenFalse) =>
        new(Vector512.ConditionalSelect(mask.value, whenTrue.value, whenFalse.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Uniform(uint key, uint index, uint sample)
    {
        var counter = (Vector512.Create(sample) + Vector512<uint>.Indices) * CounterHash.SampleStride;
        return new(Unit(Finalize(Vector512.Create(CounterHash.Scramble(key, index)) ^ counter)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 UniformAlong(uint key, uint index, uint step, uint sample)
    {
        var element = Vector512.Create(index) + (Vector512<uint>.Indices * step);
        var scrambled = Finalize(Vector512.Create(key) + (element * CounterHash.IndexStride));
        return new(Unit(Finalize(scrambled ^ Vector512.Create(sample * CounterHash.SampleStride))));
    }

    /// <summary>As <see cref="CounterHash.Finalize"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> Finalize(Vector512<uint> hash)
    {
        hash ^= hash >>> 16;
        hash *= CounterHash.FirstMultiplier;
        hash ^= hash >>> 15;
        hash *= CounterHash.SecondMultiplier;
        return hash ^ (hash >>> 16);
    }

    static Vector512<float> Unit(Vector512<uint> hash) => Vector512.ConvertToSingle((hash >>> 8).AsInt32()) * CounterHash.Unit;

    /// <summary>Halves are added until one lane is left: the same tree for every width.</summary>
    public static float Sum(Lanes512 a)
    {
        var half = a.value.GetLower() + a.value.GetUpper();
        return Lanes256.Sum(new(half));
    }
}
