using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>One sample: the path for a processor without vector registers, and a GPU thread. Uses only what ILGPU's compiler accepts.</summary>
public readonly unsafe struct ScalarLane(float value) : IMemoryLanes<ScalarLane>
{
    public float Value { get; } = value;

    public static int Count => 1;

    public static ScalarLane Create(float value) => new(value);
    public static ScalarLane Load(float* source) => new(*source);
    public static void Store(float* destination, ScalarLane value) => *destination = value.Value;
    public static float Sum(ScalarLane a) => a.Value;
    public static ScalarLane LowerHalf(ScalarLane a) => new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(a.Value) << 16));
    public static ScalarLane UpperHalf(ScalarLane a) => new(BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(a.Value) & 0xFFFF0000u));

    public static ScalarLane operator +(ScalarLane a, ScalarLane b) => new(a.Value + b.Value);
    public static ScalarLane operator -(ScalarLane a, ScalarLane b) => new(a.Value - b.Value);
    public static ScalarLane operator *(ScalarLane a, ScalarLane b) => new(a.Value * b.Value);
    public static ScalarLane operator /(ScalarLane a, ScalarLane b) => new(a.Value / b.Value);
    public static ScalarLane operator -(ScalarLane a) => new(-a.Value);

    /// <summary>Written as two operations: ILGPU does not know <c>MathF.FusedMultiplyAdd</c>, and PTX contracts them to one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane MultiplyAdd(ScalarLane a, ScalarLane b, ScalarLane c) => new(a.Value * b.Value + c.Value);

    public static ScalarLane Max(ScalarLane a, ScalarLane b) => new(MathF.Max(a.Value, b.Value));
    public static ScalarLane Larger(ScalarLane a, ScalarLane b) => a.Value > b.Value ? a : b;
    public static ScalarLane Min(ScalarLane a, ScalarLane b) => new(MathF.Min(a.Value, b.Value));
    public static ScalarLane Abs(ScalarLane a) => new(MathF.Abs(a.Value));
    public static ScalarLane Sqrt(ScalarLane a) => new(MathF.Sqrt(a.Value));
    public static ScalarLane Round(ScalarLane a) => new(MathF.Floor(a.Value + 0.5f));
    public static ScalarLane Floor(ScalarLane a) => new(MathF.Floor(a.Value));
    public static ScalarLane Exp(ScalarLane a) => LanesFormulas.Exp(a);
    public static ScalarLane Log(ScalarLane a) => LanesFormulas.Log(a);
    public static ScalarLane Sigmoid(ScalarLane a) => LanesFormulas.Sigmoid(a);
    public static ScalarLane Tanh(ScalarLane a) => LanesFormulas.Tanh(a);

    public static ScalarLane PowerOfTwo(ScalarLane exponent) => new(ILGPU.Interop.IntAsFloat((uint)(((int)exponent.Value + 127) << 23)));
    public static ScalarLane Exponent(ScalarLane a) => new((int)(ILGPU.Interop.FloatAsInt(a.Value) >> 23) - 127);
    public static ScalarLane Significand(ScalarLane a) => new(ILGPU.Interop.IntAsFloat((ILGPU.Interop.FloatAsInt(a.Value) & 0x007FFFFFu) | 0x3F800000u));

    // Real numbers: of whole ones that a condition chooses, ILGPU's PTX takes the bits, and 1 becomes 1e-45.
    public static ScalarLane Greater(ScalarLane a, ScalarLane b) => new(a.Value > b.Value ? 1f : 0f);
    public static ScalarLane GreaterOrEqual(ScalarLane a, ScalarLane b) => new(a.Value >= b.Value ? 1f : 0f);
    public static ScalarLane Equal(ScalarLane a, ScalarLane b) => new(a.Value == b.Value ? 1f : 0f);
    public static ScalarLane And(ScalarLane a, ScalarLane b) => new(a.Value * b.Value);
    public static ScalarLane Or(ScalarLane a, ScalarLane b) => new(a.Value + b.Value > 0 ? 1f : 0f);
    public static ScalarLane Not(ScalarLane mask) => new(1 - mask.Value);
    public static ScalarLane Select(ScalarLane mask, ScalarLane whenTrue, ScalarLane whenFalse) => new(mask.Value != 0 ? whenTrue.Value : whenFalse.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Uniform(uint key, uint index, uint sample) => new(CounterHash.Uniform(key, index, sample));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane UniformAlong(uint key, uint index, uint step, uint sample) => new(CounterHash.Uniform(key, index, sample));
}
