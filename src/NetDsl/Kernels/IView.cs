namespace NetDsl.Kernels;

/// <summary>
/// One sample's tensor (or a weight) as a kernel method sees it: elements in row-major order of its shape without the batch axis. Where
/// the batch lies, how samples are interleaved and which memory it is, the kernel never knows.
/// </summary>
/// <typeparam name="T">The lanes.</typeparam>
public interface IView<T>
    where T : struct, ILanes<T>
{
    /// <summary>Element <paramref name="index"/> of the sample.</summary>
    T this[int index] { get; set; }
}
