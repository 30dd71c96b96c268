namespace NetDsl.Kernels;

/// <summary>
/// The sizes of a convolution by F(4×4, 3×3) or F(2×2, 5×5) where lanes are samples: the tiles of a block, row by row, make sets that are worked on at once. A gradient by the
/// input goes back through the same tiles, from filters to channels.
/// </summary>
readonly struct SampleWinogradPass(in ConvolutionShape shape, bool gradient)
{
    /// <summary>Most tiles of a set: one register tile of 512-bit lanes.</summary>
    public const int MostTiles = 4;

    /// <summary>Source channels up to which the transformed tiles of a whole set stay in the second-level cache.</summary>
    const int FewSources = 24;

    /// <summary>Target channels whose gradients an item adds up: two register tiles.</summary>
    const int PartTargets = 2 * SampleTile.Targets;

    /// <summary>As <see cref="TransformedPass"/> has it.</summary>
    const int PlanePadding = 80;

    /// <summary>Elements on a side of the kernel: 3 or 5.</summary>
    public int Kernel { get; } = shape.KernelHeight;

    /// <summary>Elements on a side of a tile of results: 4 or 2.</summary>
    public int Tile { get; } = WinogradTransform.Points + 1 - shape.KernelHeight;

    public int Channels { get; } = shape.Channels;

    public int Height { get; } = shape.Height;

    public int Width { get; } = shape.Width;

    public int Filters { get; } = shape.Filters;

    public int OutputHeight { get; } = shape.OutputHeight;

    public int OutputWidth { get; } = shape.OutputWidth;

    public int PaddingHeight { get; } = shape.PaddingHeight;

    public int PaddingWidth { get; } = shape.PaddingWidth;

    /// <summary>Channels that are summed over.</summary>
    public int Sources => gradient ? Filters : Channels;

    /// <summary>Channels of what is computed.</summary>
    public int Targets => gradient ? Channels : Filters;

    public int TileColumns => (OutputWidth + Tile - 1) / Tile;

    /// <summary>Tiles of a block.</summary>
    public int Tiles => (OutputHeight + Tile - 1) / Tile * TileColumns;

    /// <summary>Floats from one place of the transformed source to the next: [source][tile of the set][16].</summary>
    public int SourcePlane => Sources * MostTiles * SampleBlock.Lanes + PlanePadding;

    /// <summary>Floats from one place of the products to the next: [target of a register tile][tile of the set][16].</summary>
    public static int ProductPlane => SampleTile.Targets * MostTiles * SampleBlock.Lanes + PlanePadding;

    /// <summary>Floats from one place of the transformed weights to the next: [filter][channel].</summary>
    public long PackedPlane => ((long)Filters * Channels + SampleBlock.Lanes - 1) / SampleBlock.Lanes * SampleBlock.Lanes + PlanePadding;

    /// <summary>Floats of the transformed weights.</summary>
    public long PackedSize => WinogradPass.Places * PackedPlane;

    /// <summary>Parts of the target channels that a gradient's items take.</summary>
    public SampleTargets Parts => new(Targets, PartTargets);

    /// <summary>Floats of scratch: the transformed sources and the products of a set, and a gradient's sums.</summary>
    public long Scratch => (long)WinogradPass.Places * (SourcePlane + ProductPlane) + (gradient ? (long)PartTargets * Height * Width * SampleBlock.Lanes : 0);

    /// <summary>Tiles of a set.</summary>
    public int SetTiles<T>()
        where T : struct, IMemoryLanes<T> => T.Count == SampleBlock.Lanes || Sources <= FewSources ? MostTiles : MostTiles / 2;

    /// <summary>Sets of a block.</summary>
    public int Sets<T>()
        where T : struct, IMemoryLanes<T> => (Tiles + SetTiles<T>() - 1) / SetTiles<T>();

    /// <summary>First row and column of a tile in the result.</summary>
    public (int Row, int Column) Place(int tile)
    {
        var (row, column) = int.DivRem(tile, TileColumns);
        return (row * Tile, column * Tile);
    }
}
