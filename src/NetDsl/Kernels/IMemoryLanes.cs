namespace NetDsl.Kernels;

/// <summary>Lanes that live in the processor's memory; what the CPU's register tiles need beyond arithmetic.</summary>
/// <typeparam name="T">The implementing type.</typeparam>
public unsafe interface IMemoryLanes<T> : ILanes<T>
    where T : struct, IMemoryLanes<T>
{
    /// <summary>Reads <c>Count</c> consecutive floats.</summary>
    static abstract T Load(float* source);

    /// <summary>Writes <c>Count</c> consecutive floats.</summary>
    static abstract void Store(float* destination, T value);

    /// <summary>
    /// Writes them past the caches where that can be done: to a multiple of 64 bytes, for what is not read soon. Lanes of 64 bytes alone fill a line of memory at once; others write as
    /// ever. <see cref="Fence"/> ends a series.
    /// </summary>
    static virtual void Stream(float* destination, T value) => T.Store(destination, value);

    /// <summary>What was streamed is written before anything that comes later.</summary>
    static virtual void Fence()
    {
    }

    /// <summary>Of lanes that each hold two numbers of 16 bits (bfloat16, the upper half of a float): the lower ones, as floats.</summary>
    static abstract T LowerHalf(T a);

    /// <summary>The upper ones.</summary>
    static abstract T UpperHalf(T a);

    /// <summary>The sum over the lanes, in a fixed order.</summary>
    static abstract float Sum(T a);
}
