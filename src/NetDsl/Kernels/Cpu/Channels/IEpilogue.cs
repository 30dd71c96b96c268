namespace NetDsl.Kernels;

/// <summary>
/// What becomes of a kernel's result while it is still in a register: the compiler fuses the elementwise operators behind a convolution or a dense layer
/// into one of these.
/// </summary>
/// <typeparam name="T">The lanes.</typeparam>
public interface IEpilogue<T>
    where T : struct, IMemoryLanes<T>
{
    /// <summary>Called once for every vector of the result, in no particular order.</summary>
    /// <param name="offset">Floats from the start of the result of sample 0.</param>
    /// <param name="value">The result, bias included.</param>
    void Store(nint offset, T value);
}
