namespace NetDsl.Runtime;

/// <summary>Where networks run. Several networks may share a device; they take turns on it. Dispose it after them.</summary>
public abstract class Device : IDisposable
{
    /// <summary>The most threads that a CPU device takes.</summary>
    public const int MostThreads = 1024;

    private protected Device()
    {
    }

    /// <summary>Opens the CUDA device if there is one, else the CPU with all its cores; <see cref="Selection"/> says why.</summary>
    public static Device Default => Devices.Open();

    /// <summary>Its name: <c>CPU, 2 threads, 512-bit vectors</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What was chosen, and why: <c>CPU, 2 threads, 512-bit vectors: no CUDA device (libcuda.so.1 not found)</c>.</summary>
    public virtual string Selection => Name;

    /// <summary>Opens the CPU.</summary>
    /// <param name="threads">How many threads, the calling one included; 0 for one a core. Results do not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or above <see cref="MostThreads"/>.</exception>
    public static Device Cpu(int threads = 0) => new CpuDevice(threads, VectorWidth.Widest);

    /// <summary>Opens a CUDA device.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <exception cref="DeviceNotFoundException">There is none; the message says what is missing and how to install it.</exception>
    public static Device Cuda(int index = 0) => Devices.OpenCuda(index);

    /// <summary>The same as <see cref="Selection"/>.</summary>
    public sealed override string ToString() => Selection;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends its threads.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Bytes that networks may still take.</summary>
    internal abstract long AvailableBytes();

    /// <summary>Sees to it that the device can run a network.</summary>
    /// <exception cref="NotSupportedException">It cannot; the message says which layer has no form for it.</exception>
    internal virtual void Require(NetworkDefinition definition)
    {
    }

    internal abstract Execution CreateExecution(Network network, HostMemory memory);
}
