using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>A value in the memory of a block, cut before an axis: rows that hold a whole range of that axis, and what is behind it, as one run of floats.</summary>
readonly struct MemoryRows
{
    readonly Size stride;
    readonly int blocking;

    public MemoryRows(TensorType type, int axis)
    {
        // Channel blocks hold sixteen floats for each place behind the first axis, blocks of samples for each element.
        Length = type.Batched && type.Storage != Storage.Rows ? SampleBlock.Lanes : 1;
        Lanes = type.Batched && type.Storage == Storage.Lanes ? SampleBlock.Lanes : 1;
        Count = 1;
        blocking = type.Storage == Storage.Blocks && axis == 0 ? SampleBlock.Lanes : 1;
        stride = Length;
        for (var i = 0; i < type.Sizes.Count; i++)
        {
            var size = i == 0 && type.Storage == Storage.Blocks ? type.Blocks : type.Sizes[i];
            (Count, Length) = i < axis ? (Count * size, Length) : (Count, Length * size);
            stride *= i > axis ? size : 1;
        }
    }

    /// <summary>Floats in memory for one float of the plan.</summary>
    public int Lanes { get; }

    /// <summary>How many rows.</summary>
    public Size Count { get; }

    /// <summary>Floats of a row.</summary>
    public Size Length { get; }

    /// <summary>Floats before an index of the axis.</summary>
    public Size Start(Size index) => index / blocking * stride;
}
