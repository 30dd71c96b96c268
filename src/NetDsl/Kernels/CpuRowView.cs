using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>A tensor of one sample, row-major: the lanes from element i on are its neighbours.</summary>
/// <param name="origin">Element 0.</param>
public readonly unsafe struct CpuRowView<T>(float* origin) : IPlaceView<T, CpuRowView<T>>
    where T : struct, IMemoryLanes<T>
{
    readonly float* origin = origin;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CpuRowView<T> From(int index) => new(origin + index);

    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.Load(origin + index);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => T.Store(origin + index, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int index) => CacheLines.FetchNear(origin + index, 1);
}
