using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>One item of the gradient by the weight: its places, its sums, and the way over all samples.</summary>
readonly unsafe struct WeightItem
{
    /// <summary>So few tiles are computed sooner than the rows of dy for the next ones would be fetched.</summary>
    const int FewTiles = 4;

    readonly WeightPass pass;
    readonly DirectPass input;
    readonly int group;
    readonly int firstPair;
    readonly int pairs;
    readonly int firstBlock;
    readonly int blocks;
    readonly int firstPlace;
    readonly int placeCount;
    readonly int tiles;
    readonly nint* places;
    readonly int* order;
    readonly float* sums;
    readonly float* copy;

    public WeightItem(in WeightPass pass, int item, float* scratch)
    {
        this.pass = pass;
        input = pass.Input;
        var part = item % pass.Parts;
        item /= pass.Parts;
        firstPair = item % pass.PairChunks * pass.PairsAtOnce;
        item /= pass.PairChunks;
        firstBlock = item % pass.BlockChunks * pass.BlocksAtOnce;
        group = item / pass.BlockChunks;
        pairs = Math.Min(pass.PairsAtOnce, input.Pairs - firstPair);
        blocks = Math.Min(pass.BlocksAtOnce, input.InputBlocks - firstBlock);
        places = (nint*)scratch;
        order = (int*)(scratch + pass.TableSize);
        sums = scratch + pass.TableSize + pass.OrderSize;
        copy = sums + (nint)pass.PairsAtOnce * pass.Tiles * WeightPass.TileSums;

        var count = 0;
        for (var place = First; Next(ref place);)
        {
            places[count++] = place.Block * (nint)input.InputBlockStride + place.Term + (input.InPlace ? 0 : input.TapOffset(place.Row, place.Column));
        }

        // Parts are cut between places, so that they are equal; the last tile of each may then have a place or two to spare.
        firstPlace = (int)((long)count * part / pass.Parts);
        placeCount = (int)((long)count * (part + 1) / pass.Parts) - firstPlace;
        tiles = (placeCount + WeightPass.Places - 1) / WeightPass.Places;
        for (; count < firstPlace + tiles * WeightPass.Places; count++)
        {
            places[count] = places[0];
        }

        FillOrder();
    }

    /// <summary>Sums over all samples and writes the real channels.</summary>
    public void Compute<T>(CpuWorker worker, float* dy, float* x, float* dweight, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        if (pairs <= 0 || blocks <= 0)
        {
            return;
        }

        new Span<float>(sums, pairs * tiles * WeightPass.TileSums).Clear();
        var inputBlock = (nint)group * input.InputBlocks + firstBlock;
        var outputBlock = (nint)group * input.OutputBlocks + firstPair * 2;
        var line = (nint)shape.OutputWidth * ChannelBlocks.Lanes;
        for (var sample = 0; sample < worker.Samples; sample++)
        {
            var samplex = x + sample * worker.BlockStride + inputBlock * shape.InputBlockSize;
            var sampledy = dy + sample * worker.BlockStride + outputBlock * shape.OutputBlockSize;
            for (var tile = 0; tile < input.RowTiles; tile++)
            {
                var row = tile * input.RowsAtOnce;
                var rows = Math.Min(input.RowsAtOnce, shape.OutputHeight - row);
                var from = samplex + (nint)row * shape.Width * ChannelBlocks.Lanes;
                if (!input.InPlace)
                {
                    if (input.Compact)
                    {
                        CompactRows.Copy(input, samplex, copy, row, rows);
                    }
                    else
                    {
                        PaddedRows.Copy<T>(input, samplex, copy, row, rows, blocks);
                    }

                    from = copy;
                }

                // Behind the last rows of a sample come the first of the next one.
                var onward = tile + 1 < input.RowTiles ? rows * line : sample + 1 < worker.Samples ? (nint)worker.BlockStride - row * line : 0;
                Rows<T>(sampledy + row * line, from, rows, onward, shape);
            }
        }

        Write(dweight, shape);
    }

    /// <summary>Adds some rows, strip by strip.</summary>
    /// <param name="dy">The first of them.</param>
    /// <param name="x">What it was computed of.</param>
    /// <param name="rows">How many.</param>
    /// <param name="onward">Floats to the rows that come next; 0 for none.</param>
    /// <param name="shape">The sizes.</param>
    void Rows<T>(float* dy, float* x, int rows, nint onward, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        var line = (nint)shape.OutputWidth * ChannelBlocks.Lanes;
        for (var row = 0; row < rows; row += pass.StripRows)
        {
            for (var column = 0; column < shape.OutputWidth; column += pass.StripColumns)
            {
                var strip = new WeightStrip(
                    Math.Min(pass.StripRows, rows - row),
                    Math.Min(pass.StripColumns, shape.OutputWidth - column),
                    line,
                    shape.OutputBlockSize,
                    input.LineStep,
                    input.PixelStep);
                var from = x + (nint)row * input.LineStep + (nint)column * input.PixelStep;
                var gradient = dy + row * line + column * ChannelBlocks.Lanes;
                var next = row + pass.StripRows < rows ? pass.StripRows * line : onward == 0 ? 0 : onward - row * line;
                var fetches = next != 0 && (input.InPlace || tiles > FewTiles);
                for (var pair = 0; pair < pairs; pair++)
                {
                    var blocks = Math.Min(2, input.OutputBlocks - (firstPair + pair) * 2);
                    var ofPair = gradient + pair * 2 * (nint)shape.OutputBlockSize;
                    var sum = sums + (nint)pair * tiles * WeightPass.TileSums;
                    var place = places + firstPlace;
                    for (var tile = 0; tile < tiles; tile++)
                    {
                        if (fetches)
                        {
                            Fetch(gradient + next, from + next, pair * tiles + tile, shape);
                        }

                        if (T.Count < ChannelBlocks.Lanes)
                        {
                            WeightTileNarrow.Tile<T>(strip, blocks, Math.Min(WeightPass.Places, placeCount - tile * WeightPass.Places), ofPair, from, place, sum);
                        }
                        else if (blocks == 2)
                        {
                            WeightTile512.Tile3x4x2(strip, ofPair, from, place, sum);
                        }
                        else
                        {
                            WeightTile512.Tile3x4x1(strip, ofPair, from, place, sum);
                        }

                        place += WeightPass.Places;
                        sum += WeightPass.TileSums;
                    }
                }
            }
        }
    }

    /// <summary>Asks for a share of the next strip, of which each block lies elsewhere: a processor that guesses would wait for the first lines of each.</summary>
    void Fetch(float* dy, float* x, int turn, in ConvolutionShape shape)
    {
        const int parts = 4;
        var lines = pass.StripRows * pass.StripColumns / parts;
        // What is copied is near.
        var inputs = input.InPlace ? blocks : 0;
        var (streams, turns) = (inputs + 2 * pairs, pairs * tiles);
        for (var part = parts * streams * turn / turns; part < parts * streams * (turn + 1) / turns; part++)
        {
            var (stream, first) = (part / parts, part % parts * lines * ChannelBlocks.Lanes);
            CacheLines.Fetch(stream < inputs ? x + stream * (nint)input.InputBlockStride + first : dy + (stream - inputs) * (nint)shape.OutputBlockSize + first, lines);
        }
    }

    /// <summary>Where the sum for each (channel, kernel element) lies in the sums of a pair; -1 where another part has it.</summary>
    void FillOrder()
    {
        var count = -firstPlace;
        for (var place = First; Next(ref place); count++)
        {
            var mine = (uint)count < (uint)placeCount;
            for (var i = 0; i < 4; i++)
            {
                var term = place.Term + i;
                var (column, channel) = input.Compact ? Math.DivRem(term, input.LastChannels) : (place.Column, place.Block * ChannelBlocks.Lanes + term);
                if (column == input.Columns.Taps)
                {
                    break;
                }

                order[(channel * input.Rows.Taps + place.Row) * input.Columns.Taps + column] = mine ? (count * 4 + i) * 2 * ChannelBlocks.Lanes : -1;
            }
        }
    }

    /// <summary>Brings the sums into the weight's order; those of padded channels and between joined groups are dropped.</summary>
    void Write(float* dweight, in ConvolutionShape shape)
    {
        var taps = shape.Taps;
        var channelsOfGroup = shape.Channels / shape.Group;
        var filtersOfGroup = shape.Filters / shape.Group;
        var joined = shape.Group != input.Groups;
        for (var pair = 0; pair < pairs; pair++)
        {
            var output = (firstPair + pair) * 2 * ChannelBlocks.Lanes;
            var lanes = Math.Min(2 * ChannelBlocks.Lanes, input.OutputChannels - output);
            for (var block = 0; block < blocks; block++)
            {
                var channels = firstBlock + block + 1 == input.InputBlocks ? input.LastChannels : ChannelBlocks.Lanes;
                var first = (firstBlock + block) * ChannelBlocks.Lanes;
                for (var lane = 0; lane < lanes; lane++)
                {
                    var filter = group * input.OutputChannels + output + lane;
                    var sum = sums + (nint)pair * tiles * WeightPass.TileSums + lane;
                    var from = order + block * ChannelBlocks.Lanes * taps;
                    if (!joined)
                    {
                        Gather(sum, from, dweight + ((nint)filter * channelsOfGroup + first) * taps, channels * taps);
                        continue;
                    }

                    for (var c = 0; c < channels; c++)
                    {
                        var channel = group * ((input.InputBlocks - 1) * ChannelBlocks.Lanes + input.LastChannels) + first + c;
                        if (channel / channelsOfGroup == filter / filtersOfGroup)
                        {
                            Gather(sum, from + c * taps, dweight + ((nint)filter * channelsOfGroup + channel % channelsOfGroup) * taps, taps);
                        }
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Gather(float* sums, int* order, float* target, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (order[i] >= 0)
            {
                target[i] = sums[order[i]];
            }
        }
    }

    static Place First => new() { Column = -1 };

    /// <summary>
    /// Kernel columns innermost: with three of them a tile reads one row of the input three times. Channels behind the last one make no place. In a
    /// compact copy the columns are among the terms.
    /// </summary>
    bool Next(ref Place place)
    {
        place.Column++;
        if (place.Column == (input.Compact ? 1 : input.Columns.Taps))
        {
            place.Column = 0;
            place.Term += 4;
            var terms = firstBlock + place.Block + 1 == input.InputBlocks ? input.LastTerms : ChannelBlocks.Lanes;
            if (place.Term >= terms)
            {
                place.Term = 0;
                if (++place.Row == input.Rows.Taps)
                {
                    place.Row = 0;
                    place.Block++;
                }
            }
        }

        return place.Block < blocks;
    }

    /// <summary>Four channels of an input block under one kernel element, or four terms of a kernel row.</summary>
    struct Place
    {
        public int Block;
        public int Row;
        public int Column;

        /// <summary>The first channel, or term of the row.</summary>
        public int Term;
    }
}
