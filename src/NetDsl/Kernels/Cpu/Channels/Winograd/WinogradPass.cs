namespace NetDsl.Kernels;

/// <summary>
/// The sizes of a convolution by F(4×4, 3×3), or of its gradient by the input, which is the convolution of dy with the kernel turned round. The result is cut
/// into tiles of 4×4; those of all samples, in order, make groups that are worked on at once.
/// </summary>
readonly struct WinogradPass
{
    /// <summary>Most tiles of a group: whole register tiles of 6, 7 and 14.</summary>
    public const int GroupTiles = 42;

    /// <summary>Elements of a transformed tile.</summary>
    public const int Places = 36;

    /// <summary>Floats between the ends of two planes, so that equal places of planes fall into different sets of the cache.</summary>
    const int PlanePadding = 80;

    WinogradPass(int channels, int height, int width, int filters, int outputHeight, int outputWidth, int paddingHeight, int paddingWidth)
    {
        Channels = channels;
        Height = height;
        Width = width;
        Filters = filters;
        OutputHeight = outputHeight;
        OutputWidth = outputWidth;
        PaddingHeight = paddingHeight;
        PaddingWidth = paddingWidth;
        InputBlocks = ChannelBlocks.Count(channels);
        OutputBlocks = ChannelBlocks.Count(filters);
        TileColumns = (outputWidth + 3) / 4;
        Tiles = (outputHeight + 3) / 4 * TileColumns;
    }

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
    public int InputPlane => InputBlocks * GroupTiles * ChannelBlocks.Lanes + PlanePadding;

    /// <summary>Floats from one place of the product to the next: [two blocks][tile][16].</summary>
    public static int ProductPlane => 2 * GroupTiles * ChannelBlocks.Lanes + PlanePadding;

    /// <summary>Floats of the packed weights: [place][pair][channel][channel of the pair].</summary>
    public long PackedSize => (long)Places * PackedPlane;

    /// <summary>Floats from one place of the packed weights to the next; without the padding, all 36 would often fall into one set of the cache.</summary>
    public long PackedPlane => (long)OutputBlocks * ChannelBlocks.Lanes * Channels + PlanePadding;

    public int Groups(int samples) => (samples * Tiles + GroupTiles - 1) / GroupTiles;

    /// <summary>Tiles of each group but the last: groups are even, so that threads get equal shares of few of them.</summary>
    public int TilesOfGroup(int samples) => (samples * Tiles + Groups(samples) - 1) / Groups(samples);

    /// <summary>An item is one group of tiles and one pair of output blocks; the items of a group follow each other and share its transformed input.</summary>
    public int Items(int samples) => Groups(samples) * Pairs;

    public static WinogradPass Forward(in ConvolutionShape s) =>
        new(s.Channels, s.Height, s.Width, s.Filters, s.OutputHeight, s.OutputWidth, s.PaddingHeight, s.PaddingWidth);

    public static WinogradPass Gradient(in ConvolutionShape s) =>
        new(s.Filters, s.OutputHeight, s.OutputWidth, s.Channels, s.Height, s.Width, 2 - s.PaddingHeight, 2 - s.PaddingWidth);
}
