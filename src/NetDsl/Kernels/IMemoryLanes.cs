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

    /// <summary>The sum over the lanes, in a fixed order.</summary>
    static abstract float Sum(T a);
}
