namespace NetDsl.Kernels;

/// <summary>
/// How the gradient by the weight is cut: an item is some input blocks by some pairs of output blocks (and, where there are too few of those, a part of
/// their terms), whose sums stay in the second-level cache while all samples pass by. Pixels come in strips that fit the first level.
/// </summary>
readonly struct WeightPass
{
    /// <summary>Places of a tile.</summary>
    public const int Places = 3;

    /// <summary>Floats of a tile's sums: three places, four input channels, 32 output channels.</summary>
    public const int TileSums = Places * 4 * 2 * ChannelBlocks.Lanes;

    /// <summary>Floats of an item's sums.</summary>
    const int SumBudget = 40 * 1024;

    /// <summary>Pixels of a strip: enough to make up for loading and storing the sums.</summary>
    const int StripPixels = 84;

    /// <summary>Fewer items than this leave threads idle.</summary>
    const int FewItems = 8;

    /// <summary>Where each item copies all pixels: a slow thread leaves its second item to the others, and more would only be copied more often.</summary>
    const int ItemsOfWorker = 2;

    /// <summary>A part of fewer places is busier with reading dy than with sums.</summary>
    const int PartPlaces = 5;

    /// <param name="shape">The sizes.</param>
    /// <param name="workers">How many share the items: what a weight's sum runs over, and in which order, is the same for any number.</param>
    public WeightPass(in ConvolutionShape shape, int workers)
    {
        var taps = shape.Taps;
        var groups = shape.TileGroups;
        var inputBlocks = ChannelBlocks.Count(shape.Channels / groups);
        var pairs = (ChannelBlocks.Count(shape.Filters / groups) + 1) / 2;
        var compact = DirectPass.Weights(shape, 1) is { Compact: true } input ? input : (DirectPass?)null;
        var fewItems = compact is null ? FewItems : Math.Min(FewItems, ItemsOfWorker * workers);
        var terms = compact is { } few ? shape.KernelHeight * Chunks(few.LastTerms, 4) * 4 : taps * ChannelBlocks.Lanes;
        var most = Math.Max(1, SumBudget / (terms * 2 * ChannelBlocks.Lanes));
        var pairsAtOnce = Math.Min(pairs, Math.Min(most, 8));
        var blocksAtOnce = Math.Min(inputBlocks, Math.Max(1, most / pairsAtOnce));
        while (compact is null && groups * Chunks(pairs, pairsAtOnce) * Chunks(inputBlocks, blocksAtOnce) < fewItems && pairsAtOnce * blocksAtOnce > 1)
        {
            if (blocksAtOnce > 1)
            {
                blocksAtOnce = (blocksAtOnce + 1) / 2;
            }
            else
            {
                pairsAtOnce = (pairsAtOnce + 1) / 2;
            }
        }

        PairChunks = Chunks(pairs, pairsAtOnce);
        BlockChunks = Chunks(inputBlocks, blocksAtOnce);
        PairsAtOnce = Chunks(pairs, PairChunks);
        BlocksAtOnce = Chunks(inputBlocks, BlockChunks);
        Input = DirectPass.Weights(shape, BlocksAtOnce);
        var places = Input.Compact ? shape.KernelHeight * Chunks(Input.LastTerms, 4) : BlocksAtOnce * taps * (ChannelBlocks.Lanes / 4);
        Tiles = Chunks(places, Places);
        Parts = 1;
        while (taps > 1 && groups * PairChunks * BlockChunks * Parts < fewItems && places >= 2 * Parts * PartPlaces)
        {
            Parts *= 2;
        }

        var segments = Chunks(shape.OutputWidth, 64);
        StripColumns = Math.Max(1, Chunks(shape.OutputWidth, segments));
        StripRows = Math.Max(1, StripPixels / StripColumns);
    }

    /// <summary>How the input is copied, if it is.</summary>
    public DirectPass Input { get; }

    public int PairsAtOnce { get; }

    public int BlocksAtOnce { get; }

    public int PairChunks { get; }

    public int BlockChunks { get; }

    /// <summary>Parts into which the terms of an item are cut once more.</summary>
    public int Parts { get; }

    /// <summary>Tiles of a pair of output blocks, at most.</summary>
    public int Tiles { get; }

    public int StripColumns { get; }

    public int StripRows { get; }

    public int Items => Input.Groups * PairChunks * BlockChunks * Parts;

    /// <summary>Floats of the table of places: two for a pointer-sized integer.</summary>
    public int TableSize => ((Tiles + 1) * Places * 2 + 15) / 16 * 16;

    /// <summary>Integers that say where the sum for each weight of a filter lies.</summary>
    public int OrderSize => BlocksAtOnce * ChannelBlocks.Lanes * Input.Taps;

    /// <summary>Floats of a worker's scratch: tables, sums, copied input.</summary>
    public long Scratch =>
        TableSize + OrderSize + (long)PairsAtOnce * Tiles * TileSums + (Input.InPlace ? 0 : (long)BlocksAtOnce * Input.InputBlockStride + CompactRows.Slack);

    /// <summary>Floats that a worker's scratch needs, whatever their number.</summary>
    public static long ScratchOf(in ConvolutionShape shape)
    {
        var most = 0L;
        for (var workers = 1; workers * ItemsOfWorker <= FewItems; workers++)
        {
            most = Math.Max(most, new WeightPass(shape, workers).Scratch);
        }

        return most;
    }

    static int Chunks(int count, int size) => size == 0 ? 0 : (count + size - 1) / size;
}
