using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>A weight, or another value that all samples share.</summary>
/// <param name="origin">Element 0.</param>
public readonly unsafe struct CpuUniformView<T>(float* origin) : ITableView<T>, IPlaceView<T, CpuUniformView<T>>
    where T : struct, IMemoryLanes<T>
{
    readonly float* origin = origin;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CpuUniformView<T> From(int index) => new(origin + index);

    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.Create(origin[index]);
        set => throw new NotSupportedException("A kernel writes to a shared value.");
    }

    public T Row(T row, int width, int column)
    {
        var lanes = stackalloc float[SampleBlock.Lanes];
        T.Store(lanes, row);
        for (var lane = 0; lane < T.Count; lane++)
        {
            lanes[lane] = origin[((nint)lanes[lane] * width) + column];
        }

        return T.Load(lanes);
    }

    public void AddToRow(T row, int width, int column, T value)
    {
        var rows = stackalloc float[SampleBlock.Lanes];
        var values = stackalloc float[SampleBlock.Lanes];
        T.Store(rows, row);
        T.Store(values, value);
        for (var lane = 0; lane < T.Count; lane++)
        {
            origin[((nint)rows[lane] * width) + column] += values[lane];
        }
    }

    public void Fetch(int index)
    {
    }
}
