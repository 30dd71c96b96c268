using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>A weight, or another value that all samples share.</summary>
/// <param name="origin">Element 0.</param>
public readonly unsafe struct CpuUniformView<T>(float* origin) : IView<T>
    where T : struct, IMemoryLanes<T>
{
    readonly float* origin = origin;

    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.Create(origin[index]);
        set => throw new NotSupportedException("A kernel writes to a shared value.");
    }
}
