namespace NetDsl.Kernels;

/// <summary>
/// A number that stands for one element of several samples at once: 16 of them in a <see cref="Lanes512"/>, one in a GPU thread. Kernel
/// methods are generic over it, so the same lines run as AVX-512, AVX2, 128-bit, scalar and SIMT code.
/// </summary>
/// <typeparam name="T">The implementing type.</typeparam>
public interface ILanes<T>
    where T : struct, ILanes<T>
{
    /// <summary>How many samples one value holds.</summary>
    static abstract int Count { get; }

    /// <summary>The same value in every lane.</summary>
    static abstract T Create(float value);

    static abstract T operator +(T a, T b);
    static abstract T operator -(T a, T b);
    static abstract T operator *(T a, T b);
    static abstract T operator /(T a, T b);
    static abstract T operator -(T a);

    /// <summary><c>a * b + c</c>, rounded once where the hardware can.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    static abstract T Max(T a, T b);

    /// <summary>a where it is greater than b, elsewhere b: where either is no number, too. One instruction, unlike <see cref="Max"/>, where no number wins.</summary>
    static abstract T Larger(T a, T b);

    static abstract T Min(T a, T b);
    static abstract T Abs(T a);
    static abstract T Sqrt(T a);

    /// <summary>Rounds to the nearest integer (ties may go either way).</summary>
    static abstract T Round(T a);

    /// <summary>Rounds down.</summary>
    static abstract T Floor(T a);

    /// <summary>See <see cref="LanesMath.Exp"/>.</summary>
    static abstract T Exp(T a);

    /// <summary>See <see cref="LanesMath.Log"/>.</summary>
    static abstract T Log(T a);

    /// <summary>See <see cref="LanesMath.Sigmoid"/>.</summary>
    static abstract T Sigmoid(T a);

    /// <summary>See <see cref="LanesMath.Tanh"/>.</summary>
    static abstract T Tanh(T a);

    /// <summary>2 to the power of an integral exponent in -126 … 127.</summary>
    static abstract T PowerOfTwo(T exponent);

    /// <summary>The binary exponent of a positive normal number, as an integer.</summary>
    static abstract T Exponent(T a);

    /// <summary>A positive normal number scaled into [1, 2).</summary>
    static abstract T Significand(T a);

    /// <summary>A mask for <see cref="Select"/>: a &gt; b.</summary>
    static abstract T Greater(T a, T b);

    /// <summary>A mask for <see cref="Select"/>: a ≥ b.</summary>
    static abstract T GreaterOrEqual(T a, T b);

    /// <summary>A mask for <see cref="Select"/>: a = b.</summary>
    static abstract T Equal(T a, T b);

    /// <summary>A mask that holds where both do.</summary>
    static abstract T And(T a, T b);

    /// <summary>A mask that holds where either does.</summary>
    static abstract T Or(T a, T b);

    /// <summary>A mask that holds where the other does not.</summary>
    static abstract T Not(T mask);

    /// <summary><paramref name="whenTrue"/> where the mask holds, <paramref name="whenFalse"/> elsewhere.</summary>
    static abstract T Select(T mask, T whenTrue, T whenFalse);

    /// <summary>
    /// A uniform number in [0, 1) that depends on nothing but its three counters: the same on every device and for any number of threads.
    /// Lane l draws for sample <paramref name="sample"/> + l.
    /// </summary>
    static abstract T Uniform(uint key, uint index, uint sample);

    /// <summary>As <see cref="Uniform"/>, but lane l draws for element <paramref name="index"/> + l <paramref name="step"/> of one sample.</summary>
    static abstract T UniformAlong(uint key, uint index, uint step, uint sample);
}
