namespace NetDsl.Kernels;

/// <summary>
/// What is left of a convolution between its transforms: at every place, a product of matrices. Transformed values are planes, one for each place, in which a
/// tile has a vector of 16 channels for every block.
/// </summary>
/// <param name="Places">Elements of a transformed tile.</param>
/// <param name="InputBlocks">Blocks of channels that are summed over.</param>
/// <param name="LastChannels">Channels of the last of them.</param>
/// <param name="SetTiles">Tiles for which a block has room: a multiple of seven.</param>
/// <param name="InputPlane">Floats from one place of the transformed input to the next: [block][tile][16].</param>
/// <param name="PackedPlane">Floats from one place of the packed weights to the next: [pair of output blocks][channel][channel of the pair].</param>
/// <param name="ProductPlane">Floats from one place of the product to the next: [two blocks][tile][16].</param>
readonly unsafe record struct PlaceProducts(int Places, int InputBlocks, int LastChannels, int SetTiles, nint InputPlane, nint PackedPlane, nint ProductPlane)
{
    /// <summary>Filters of a pair of blocks.</summary>
    public const int PairLanes = 2 * ChannelBlocks.Lanes;

    /// <summary>Input blocks that are summed before the next tiles: their weights and inputs stay in the first-level cache.</summary>
    const int ChunkBlocks = 4;

    /// <summary>The products of the inputs of <paramref name="count"/> tiles with the weights of one or two output blocks.</summary>
    public void Multiply<T>(float* inputs, float* packed, float* products, int blocks, int count)
        where T : struct, IMemoryLanes<T>
    {
        var zeros = stackalloc float[PairLanes];
        new Span<float>(zeros, PairLanes).Clear();
        var offsets = stackalloc nint[ChunkBlocks];
        for (var block = 0; block < ChunkBlocks; block++)
        {
            offsets[block] = block * BlockStride;
        }

        var chunks = (InputBlocks + ChunkBlocks - 1) / ChunkBlocks;
        var here = new Operands(inputs, packed, products);
        for (var place = 0; place < Places; place++)
        {
            for (var chunk = 0; chunk < chunks; chunk++)
            {
                var entries = Math.Min(ChunkBlocks, InputBlocks - chunk * ChunkBlocks);
                var whole = chunk == chunks - 1 && LastChannels < ChannelBlocks.Lanes ? entries - 1 : entries;
                var (nextPlace, nextChunk) = chunk + 1 < chunks ? (place, chunk + 1) : (Math.Min(place + 1, Places - 1), 0);
                var next = new Operands(
                    inputs + nextPlace * InputPlane + nextChunk * ChunkBlocks * BlockStride,
                    packed + nextPlace * PackedPlane + (nint)nextChunk * ChunkBlocks * ChannelBlocks.Lanes * blocks * ChannelBlocks.Lanes,
                    products + nextPlace * ProductPlane);
                Chunk<T>(new(offsets, entries, whole, LastChannels, chunk > 0, zeros), here, next, blocks, count);
                here = next;
            }
        }
    }

    /// <summary>What the places hold does not stay in the second-level cache; where it does, asking costs more than it saves.</summary>
    bool Fetches => CacheLines.Exceed(Places * (InputPlane + ProductPlane + InputBlocks * ChannelBlocks.Lanes * PairLanes));

    /// <summary>Floats from one block of a place to the next.</summary>
    nint BlockStride => (nint)SetTiles * ChannelBlocks.Lanes;

    /// <summary>Some blocks of channels at one place; strip by strip it asks for what the next takes.</summary>
    void Chunk<T>(in DirectTerms terms, in Operands here, in Operands next, int blocks, int count)
        where T : struct, IMemoryLanes<T>
    {
        var strips = (count + StripTiles<T>() - 1) / StripTiles<T>();
        var weights = next.Weights;
        var weightLines = terms.Entries * ChannelBlocks.Lanes * blocks;
        for (var done = 0; strips > 0; strips--)
        {
            // Registers of 512 bits take whole strips, narrower ones equal parts.
            var tiles = T.Count == ChannelBlocks.Lanes ? Math.Min(StripTiles<T>(), count - done) : (count - done + strips - 1) / strips;
            var first = done * ChannelBlocks.Lanes;
            Strip<T>(terms, blocks, here.X + first, here.Weights, here.Sums + first, tiles);
            done += tiles;
            if (!Fetches)
            {
                continue;
            }

            for (var block = 0; block < terms.Entries; block++)
            {
                CacheLines.Fetch(next.X + block * BlockStride + first, tiles);
            }

            for (var block = 0; block < blocks; block++)
            {
                CacheLines.Fetch(next.Sums + block * BlockStride + first, tiles);
            }

            var lines = (weightLines + strips - 1) / strips;
            CacheLines.Fetch(weights, lines);
            weights += lines * ChannelBlocks.Lanes;
            weightLines -= lines;
        }
    }

    static int StripTiles<T>()
        where T : struct, IMemoryLanes<T> => T.Count == ChannelBlocks.Lanes ? 2 * DirectPass.WideSegment : 6;

    void Strip<T>(in DirectTerms terms, int blocks, float* x, float* weights, float* sums, int tiles)
        where T : struct, IMemoryLanes<T>
    {
        const int half = DirectPass.WideSegment;
        if (T.Count < ChannelBlocks.Lanes)
        {
            DirectTile.Line<T, BlockStep>(terms, tiles, blocks, x, weights, sums, BlockStride);
        }
        else if (tiles > half && blocks == 2)
        {
            DirectTile512.Tile14x2(terms, x, x + half * ChannelBlocks.Lanes, weights, sums, BlockStride);
        }
        else if (tiles > half)
        {
            DirectTile512.Tile14x1(terms, x, x + half * ChannelBlocks.Lanes, weights, sums, BlockStride);
        }
        else if (blocks == 2)
        {
            DirectTile512.Tile7x2(terms, x, weights, sums, BlockStride);
        }
        else
        {
            DirectTile512.Tile7x1(terms, x, weights, sums, BlockStride);
        }
    }

    /// <summary>What a product of matrices reads and writes.</summary>
    readonly struct Operands(float* x, float* weights, float* sums)
    {
        public float* X { get; } = x;

        public float* Weights { get; } = weights;

        public float* Sums { get; } = sums;
    }
}
