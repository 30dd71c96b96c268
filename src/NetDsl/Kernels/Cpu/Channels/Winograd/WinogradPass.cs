namespace NetDsl.Kernels;

/// <summary>
/// The sizes of a convolution by F(4×4, 3×3) or F(2×2, 5×5), or of its gradient by the input, which is the convolution of dy with the kernel turned round. The
/// result is cut into tiles; those of all samples, in order, make sets that are worked on at once. Channels are those of one group.
/// </summary>
readonly struct WinogradPass
{
    /// <summary>Most tiles of a set: whole register tiles of 6, 7 and 14.</summary>
    public const int SetTiles = 42;

    /// <summary>Elements of a transformed tile.</summary>
    public const int Places = WinogradTransform.Points * WinogradTransform.Points;

    /// <summary>Floats between the ends of two planes, so that equal places of planes fall into different sets of the cache.</summary>
    const int PlanePadding = 80;

    WinogradPass(
        int kernel, int groups, int channels, int height, int width, int filters, int outputHeight, int outputWidth, int paddingHeight, int paddingWidth)
    {
        Kernel = kernel;
        Tile = WinogradTransform.Points + 1 - kernel;
        Groups = groups;
        Channels = channels / groups;
        Height = height;
        Width = width;
        Filters = filters / groups;
        OutputHeight = outputHeight;
        OutputWidth = outputWidth;
        PaddingHeight = paddingHeight;
        PaddingWidth = paddingWidth;
        InputBlocks = ChannelBlocks.Count(Channels);
        OutputBlocks = ChannelBlocks.Count(Filters);
        TileColumns = (outputWidth + Tile - 1) / Tile;
        Tiles = (outputHeight + Tile - 1) / Tile * TileColumns;
    }

    /// <summary>Elements on a side of the kernel: 3 or 5.</summary>
    public int Kernel { get; }

    /// <summary>Elements on a side of a tile of results: 4 or 2.</summary>
    public int Tile { get; }

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

    /// <summary>Channels of the last input block.</summary>
    public int LastChannels => Channels - (InputBlocks - 1) * ChannelBlocks.Lanes;

    /// <summary>Floats from one place of the transformed input to the next: [block][tile][16].</summary>
    public int InputPlane => InputBlocks * SetTiles * ChannelBlocks.Lanes + PlanePadding;

    /// <summary>Floats from one place of the product to the next: [two blocks][tile][16].</summary>
    public static int ProductPlane => 2 * SetTiles * ChannelBlocks.Lanes + PlanePadding;

    /// <summary>Floats of the packed weights of a group: [place][pair][channel][channel of the pair].</summary>
    public long PackedGroup => (long)Places * PackedPlane;

    /// <summary>Floats of the packed weights, group after group.</summary>
    public long PackedSize => Groups * PackedGroup;

    /// <summary>Floats from one place of the packed weights to the next; without the padding, all 36 would often fall into one set of the cache.</summary>
    public long PackedPlane => (long)OutputBlocks * ChannelBlocks.Lanes * Channels + PlanePadding;

    public PlaceProducts Products => new(Places, InputBlocks, LastChannels, SetTiles, InputPlane, (nint)PackedPlane, ProductPlane);

    public int Sets(int samples) => (samples * Tiles + SetTiles - 1) / SetTiles;

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
        return (sample, row * Tile, column * Tile);
    }

    public static WinogradPass Forward(in ConvolutionShape s) =>
        new(s.KernelHeight, s.Group, s.Channels, s.Height, s.Width, s.Filters, s.OutputHeight, s.OutputWidth, s.PaddingHeight, s.PaddingWidth);

    public static WinogradPass Gradient(in ConvolutionShape s) =>
        new(
            s.KernelHeight, s.Group, s.Filters, s.OutputHeight, s.OutputWidth, s.Channels, s.Height, s.Width,
            s.KernelHeight - 1 - s.PaddingHeight, s.KernelWidth - 1 - s.PaddingWidth);
}
