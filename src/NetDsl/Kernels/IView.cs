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

    /// <summary>
    /// Element <paramref name="index"/> is wanted soon: a processor may bring it near meanwhile. Advice that changes no result, for what is read in an order that a processor does not
    /// foresee, as the rows of windows; the element need not exist.
    /// </summary>
    void Fetch(int index);
}
