namespace NetDsl.Kernels;

/// <summary>The square of a channel block that a tile transforms, as far as it exists; the rest of the tile is zero.</summary>
/// <param name="source">Where the first element of the square would lie.</param>
/// <param name="rowStride">Floats from one row to the next.</param>
/// <param name="firstRow">The first row that exists.</param>
/// <param name="endRow">One behind the last.</param>
/// <param name="firstColumn">The first column that exists.</param>
/// <param name="endColumn">One behind the last.</param>
readonly unsafe struct FftWindow(float* source, nint rowStride, int firstRow, int endRow, int firstColumn, int endColumn)
{
    public float* Source { get; } = source;

    public nint RowStride { get; } = rowStride;

    public int FirstRow { get; } = firstRow;

    public int EndRow { get; } = endRow;

    public int FirstColumn { get; } = firstColumn;

    public int EndColumn { get; } = endColumn;

    /// <summary>The part of the channel block [height][width][16] from (<paramref name="row"/>, <paramref name="column"/>) on.</summary>
    /// <param name="x">The channel block.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="row">First row, perhaps negative.</param>
    /// <param name="column">First column, perhaps negative.</param>
    /// <param name="rows">Rows of the window.</param>
    /// <param name="columns">Columns of the window.</param>
    public static FftWindow Of(float* x, int height, int width, int row, int column, int rows, int columns) =>
        new(
            x + ((nint)row * width + column) * ChannelBlocks.Lanes, (nint)width * ChannelBlocks.Lanes,
            Math.Max(0, -row), Math.Min(rows, height - row), Math.Max(0, -column), Math.Min(columns, width - column));

    public bool HasRow(int row) => row >= FirstRow && row < EndRow;

    /// <summary>Both rows exist from end to end.</summary>
    public bool HasWhole(int row, int points) => HasRow(row) && HasRow(row + 1) && FirstColumn == 0 && EndColumn == points;
}
