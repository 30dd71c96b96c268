namespace NetDsl.Kernels;

/// <summary>Writes the result as it is.</summary>
/// <param name="y">The result of sample 0.</param>
/// <typeparam name="T">The lanes.</typeparam>
public readonly unsafe struct StoreEpilogue<T>(float* y) : IEpilogue<T>
    where T : struct, IMemoryLanes<T>
{
    readonly float* y = y;

    public void Store(nint offset, T value) => T.Store(y + offset, value);
}
