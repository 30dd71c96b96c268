using ILGPU;

namespace NetDsl.Kernels;

/// <summary>The columns of a tile, in shared memory: each is read by all threads.</summary>
readonly struct ColumnTable(ArrayView<long> starts, ArrayView<int> heights, ArrayView<int> widths)
{
    readonly ArrayView<long> starts = starts;
    readonly ArrayView<int> heights = heights;
    readonly ArrayView<int> widths = widths;

    public void Put(int column, Spot spot)
    {
        starts[column] = spot.Start;
        heights[column] = spot.Height;
        widths[column] = spot.Width;
    }

    public Spot Get(int column) => new(starts[column], heights[column], widths[column]);
}
