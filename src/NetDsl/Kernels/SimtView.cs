using ILGPU;

namespace NetDsl.Kernels;

/// <summary>A tensor of one sample, or a weight, in a GPU's memory.</summary>
/// <param name="memory">The arena.</param>
/// <param name="origin">Where element 0 lies in it.</param>
public readonly struct SimtView(ArrayView<float> memory, long origin) : ITableView<ScalarLane>, IPlaceView<ScalarLane, SimtView>
{
    readonly ArrayView<float> memory = memory;
    readonly long origin = origin;

    public SimtView From(int index) => new(memory, origin + index);

    public ScalarLane this[int index]
    {
        get => new(memory[origin + index]);
        set => memory[origin + index] = value.Value;
    }

    public ScalarLane Row(ScalarLane row, int width, int column) => new(memory[origin + ((long)row.Value * width) + column]);

    public void AddToRow(ScalarLane row, int width, int column, ScalarLane value) => memory[origin + ((long)row.Value * width) + column] += value.Value;

    public void Fetch(int index)
    {
    }
}
