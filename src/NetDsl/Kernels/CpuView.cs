using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>A tensor of a block of 16 samples, lanes innermost: element i of sample l lies at <c>[i * 16 + l]</c>.</summary>
/// <param name="origin">The first lane of element 0.</param>
public readonly unsafe struct CpuView<T>(float* origin) : IPlaceView<T, CpuView<T>>
    where T : struct, IMemoryLanes<T>
{
    readonly float* origin = origin;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CpuView<T> From(int index) => new(origin + ((nint)index * SampleBlock.Lanes));

    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.Load(origin + ((nint)index * SampleBlock.Lanes));
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => T.Store(origin + ((nint)index * SampleBlock.Lanes), value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int index) => CacheLines.FetchNear(origin + ((nint)index * SampleBlock.Lanes), 1);
}
