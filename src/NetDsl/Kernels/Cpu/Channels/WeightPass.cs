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
    const int StripPixels = 100;

    /// <summary>Pairs of output blocks of an item, at most.</summary>
    const int MostPairs = 8;

    /// <summary>Parts of an item's places, at most.</summary>
    const int MostParts = 8;

    /// <summary>What the end of a loop costs: an item that one worker takes while the others have none, in part.</summary>
    const double Tail = 0.25;

    /// <summary>A part of fewer places is busier with reading dy than with sums.</summary>
    const int PartPlaces = 5;

    /// <summary>More workers than this are given no finer cut.</summary>
    const int MostWorkers = 16;

    /// <summary>Into how many chunks blocks, pairs and places are cut: what is tried.</summary>
    static ReadOnlySpan<byte> Cuts => [1, 2, 3, 4, 6, 8, 12, 16];

    /// <param name="shape">The sizes.</param>
    /// <param name="workers">How many share the items: what a weight's sum runs over, and in which order, is the same for any number.</param>
    public WeightPass(in ConvolutionShape shape, int workers)
    {
        var taps = shape.Taps;
        var groups = shape.TileGroups;
        var inputBlocks = ChannelBlocks.Count(shape.Channels / groups);
        var pairs = (ChannelBlocks.Count(shape.Filters / groups) + 1) / 2;
        var first = DirectPass.Weights(shape, 1);
        var placesOfBlock = first.Compact ? shape.KernelHeight * Chunks(first.LastTerms, 4) : taps * (ChannelBlocks.Lanes / 4);
        workers = Math.Min(workers, MostWorkers);
        var least = double.MaxValue;
        (PairsAtOnce, BlocksAtOnce, Parts) = (1, 1, 1);
        foreach (var pairCut in Cuts)
        {
            foreach (var blockCut in Cuts)
            {
                var (pairsAtOnce, blocksAtOnce) = (Chunks(pairs, pairCut), Chunks(inputBlocks, blockCut));
                var places = blocksAtOnce * placesOfBlock;
                if (pairCut > pairs || blockCut > inputBlocks || pairsAtOnce > MostPairs || (pairsAtOnce * blocksAtOnce > 1 && (long)pairsAtOnce * places * 4 * 2 * ChannelBlocks.Lanes > SumBudget))
                {
                    continue;
                }

                for (var parts = 1; parts == 1 || (parts <= MostParts && taps > 1 && places >= parts * PartPlaces); parts *= 2)
                {
                    var items = groups * Chunks(pairs, pairsAtOnce) * Chunks(inputBlocks, blocksAtOnce) * parts;
                    var cost = (Chunks(items, workers) + Tail) * Cost(pairsAtOnce, blocksAtOnce, Chunks(Chunks(places, parts), Places), copied: !first.InPlace);
                    if (cost < least)
                    {
                        (least, PairsAtOnce, BlocksAtOnce, Parts) = (cost, pairsAtOnce, blocksAtOnce, parts);
                    }
                }
            }
        }

        PairChunks = Chunks(pairs, PairsAtOnce);
        BlockChunks = Chunks(inputBlocks, BlocksAtOnce);
        Input = DirectPass.Weights(shape, BlocksAtOnce);
        Tiles = Chunks(BlocksAtOnce * placesOfBlock, Places);
        var segments = Chunks(shape.OutputWidth, 64);
        StripColumns = Math.Max(1, Chunks(shape.OutputWidth, segments));
        StripRows = Chunks(Math.Max(1, Input.RowsAtOnce), Math.Max(1, (Input.RowsAtOnce * StripColumns + StripPixels / 2) / StripPixels));
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
        for (var workers = 1; workers <= MostWorkers; workers++)
        {
            most = Math.Max(most, new WeightPass(shape, workers).Scratch);
        }

        return most;
    }

    /// <summary>
    /// Cycles of an item for each pixel, about: the sums of its tiles, those of places that are none included, and the lines of dy and x that come from farther away than
    /// the first-level cache.
    /// </summary>
    static int Cost(int pairs, int blocks, int tiles, bool copied)
    {
        const int sums = Places * 4, line = 3;
        return (pairs * tiles * sums) + (((2 * pairs) + (copied ? 2 * blocks : blocks)) * line);
    }

    static int Chunks(int count, int size) => size == 0 ? 0 : (count + size - 1) / size;
}
