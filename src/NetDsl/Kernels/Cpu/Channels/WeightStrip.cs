namespace NetDsl.Kernels;

/// <summary>The pixels over which a tile of the gradient by the weight sums.</summary>
readonly struct WeightStrip(int rows, int columns, nint outputRow, nint outputBlock, nint inputRow, nint inputPixel)
{
    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    /// <summary>Floats from one row of dy to the next.</summary>
    public nint OutputRow { get; } = outputRow;

    /// <summary>Floats from one block of dy to the next.</summary>
    public nint OutputBlock { get; } = outputBlock;

    /// <summary>Floats from one row of x to the next.</summary>
    public nint InputRow { get; } = inputRow;

    /// <summary>Floats from one pixel of x to the next.</summary>
    public nint InputPixel { get; } = inputPixel;
}
