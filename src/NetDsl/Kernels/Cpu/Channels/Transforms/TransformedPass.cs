namespace NetDsl.Kernels;

/// <summary>
/// The sizes of a convolution by transforms, or of its gradient by the input, which is the convolution of dy with the kernel turned round. The result is cut
/// into tiles; those of all samples, in order, make sets that are worked on at once. Channels are those of one group.
/// </summary>
readonly struct TransformedPass
{
    /// <summary>Most tiles of a set: whole register tiles of 6, 7 and 14.</summary>
    public const int MostTiles = 42;

    /// <summary>Floats between the ends of two planes, so that equal places of planes fall into different sets of the cache.</summary>
    const int PlanePadding = 80;

    /// <summary>Fewer items than this leave threads idle.</summary>
    const int FewItems = 8;

    readonly int leastTiles;

    /// <param name="s">The sizes of the convolution.</param>
    /// <param name="gradient">It is the gradient by the input.</param>
    /// <param name="points">Points on a side of a tile that is transformed.</param>
    /// <param name="places">Elements of a transformed tile.</param>
    /// <param name="setTiles">Tiles of a set, at most.</param>
    /// <param name="leastTiles">Fewest tiles of a set that is cut for the sake of threads; 0 to cut none.</param>
    public TransformedPass(in ConvolutionShape s, bool gradient, int points, int places, int setTiles, int leastTiles = 0)
    {
        (Points, Places, SetTiles, this.leastTiles) = (points, places, setTiles, leastTiles);
        (KernelHeight, KernelWidth, Groups) = (s.KernelHeight, s.KernelWidth, s.Group);
        (TileHeight, TileWidth) = (points + 1 - s.KernelHeight, points + 1 - s.KernelWidth);
        (Channels, Height, Width) = gradient ? (s.Filters / s.Group, s.OutputHeight, s.OutputWidth) : (s.Channels / s.Group, s.Height, s.Width);
        (Filters, OutputHeight, OutputWidth) = gradient ? (s.Channels / s.Group, s.Height, s.Width) : (s.Filters / s.Group, s.OutputHeight, s.OutputWidth);
        (PaddingHeight, PaddingWidth) = gradient ? (s.KernelHeight - 1 - s.PaddingHeight, s.KernelWidth - 1 - s.PaddingWidth) : (s.PaddingHeight, s.PaddingWidth);
        InputBlocks = ChannelBlocks.Count(Channels);
        OutputBlocks = ChannelBlocks.Count(Filters);
        TileColumns = (OutputWidth + TileWidth - 1) / TileWidth;
        Tiles = (OutputHeight + TileHeight - 1) / TileHeight * TileColumns;
    }

    /// <summary>Points on a side of a tile that is transformed.</summary>
    public int Points { get; }

    /// <summary>Elements of a transformed tile.</summary>
    public int Places { get; }

    public int KernelHeight { get; }

    public int KernelWidth { get; }

    /// <summary>Rows of a tile of results.</summary>
    public int TileHeight { get; }

    public int TileWidth { get; }

    /// <summary>Groups of the convolution; with more than one, the channels of each are whole blocks.</summary>
    public int Groups { get; }

    /// <summary>Channels that are summed over.</summary>
    public int Channels { get; }

    public int Height { get; }

    public int Width { get; }

    /// <summary>Channels of the result.</summary>
    public int Filters { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    public int PaddingHeight { get; }

    public int PaddingWidth { get; }

    public int InputBlocks { get; }

    public int OutputBlocks { get; }

    /// <summary>Pairs of output blocks, the last one perhaps a single block.</summary>
    public int Pairs => (OutputBlocks + 1) / 2;

    public int TileColumns { get; }

    /// <summary>Tiles of a sample.</summary>
    public int Tiles { get; }

    /// <summary>Tiles of a set, at most.</summary>
    public int SetTiles { get; }

    /// <summary>Floats from one place of the transformed input to the next: [block][tile][16].</summary>
    public int InputPlane => InputBlocks * SetTiles * ChannelBlocks.Lanes + PlanePadding;

    /// <summary>Floats from one place of the product to the next: [two blocks][tile][16].</summary>
    public int ProductPlane => 2 * SetTiles * ChannelBlocks.Lanes + PlanePadding;

    /// <summary>Floats from one place of the packed weights to the next; without the padding, all would often fall into one set of the cache.</summary>
    public long PackedPlane => (long)OutputBlocks * ChannelBlocks.Lanes * Channels + PlanePadding;

    /// <summary>Floats of the packed weights of a group: [place][pair][channel][channel of the pair].</summary>
    public long PackedGroup => Places * PackedPlane;

    /// <summary>Floats of the packed weights, group after group.</summary>
    public long PackedSize => Groups * PackedGroup;

    /// <summary>Floats of scratch, beside what a transform takes: transformed inputs, products, biases.</summary>
    public long Scratch => (long)Places * (InputPlane + ProductPlane) + 2 * ChannelBlocks.Lanes;

    public PlaceProducts Products =>
        new(Places, InputBlocks, Channels - (InputBlocks - 1) * ChannelBlocks.Lanes, SetTiles, InputPlane, (nint)PackedPlane, ProductPlane);

    /// <summary>Sets of all samples: as few as the tiles need, or more where there would be too few items to share, but none of less than a register tile.</summary>
    public int Sets(int samples)
    {
        var tiles = samples * Tiles;
        var sets = (tiles + SetTiles - 1) / SetTiles;
        return leastTiles == 0 ? sets : Math.Max(sets, Math.Min(tiles / leastTiles, FewItems / (Groups * Pairs)));
    }

    /// <summary>Tiles of each set but the last: sets are even, so that threads get equal shares of few of them.</summary>
    public int TilesOfSet(int samples) => (samples * Tiles + Sets(samples) - 1) / Sets(samples);

    /// <summary>
    /// An item is one set of tiles, one group and one pair of output blocks; the items of a set and a group follow each other and share its transformed input.
    /// </summary>
    public int Items(int samples) => Sets(samples) * Groups * Pairs;

    /// <summary>Where a tile lies: its sample, and its first row and column in the result.</summary>
    public (int Sample, int Row, int Column) Place(int tile)
    {
        var (sample, place) = int.DivRem(tile, Tiles);
        var (row, column) = int.DivRem(place, TileColumns);
        return (sample, row * TileHeight, column * TileWidth);
    }
}
