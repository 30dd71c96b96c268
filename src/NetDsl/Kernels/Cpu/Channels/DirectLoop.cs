using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// A worker's way through the items of a direct convolution or of its gradient by the input. An item is one pair of output blocks on some rows; the items
/// of the same rows follow each other and share the copied input. Everything but the epilogue is here, so that it is compiled once for all layers.
/// </summary>
unsafe struct DirectLoop
{
    readonly ConvolutionShape shape;
    readonly bool gradient;
    readonly int phases;
    readonly int items;
    readonly float* input;
    readonly float* packed;
    readonly float* bias;
    readonly float* scratch;
    readonly long sampleStride;
    readonly int segment;
    DirectPass pass;
    int phase;
    int phaseItem;
    long phasePacked;
    int loadedTile;
    int loadedGroup;
    int loadedSample;
    float* sums;
    float* copy;

    public DirectLoop(CpuWorker worker, float* input, float* packed, float* bias, float* scratch, in ConvolutionShape shape, bool gradient, int segment)
    {
        this.shape = shape;
        this.gradient = gradient;
        this.input = input;
        this.packed = packed;
        this.bias = bias;
        this.scratch = scratch;
        this.segment = segment;
        sampleStride = worker.BlockStride;
        phases = DirectConvolution.Phases(shape, gradient);
        items = DirectConvolution.Items(shape, gradient);
        phase = -1;
    }

    /// <summary>Output blocks of the item.</summary>
    public int Blocks { get; private set; }

    /// <summary>Rows and columns of the item's result.</summary>
    public int Rows { get; private set; }

    public readonly int Columns => pass.Columns.Outputs;

    /// <summary>The first sum of an output block; they lie as [row][column][16].</summary>
    public readonly float* Sums(int block) => sums + (nint)block * pass.SumPixels * ChannelBlocks.Lanes;

    /// <summary>Floats from one row of sums to the next.</summary>
    public readonly nint SumPitch => (nint)pass.SumPitch * ChannelBlocks.Lanes;

    /// <summary>Where the result of an output block begins.</summary>
    public nint Result { get; private set; }

    public readonly nint ResultBlock => (nint)pass.OutputHeight * pass.OutputWidth * ChannelBlocks.Lanes;

    public readonly nint ResultRow => (nint)pass.Rows.OutputStep * pass.OutputWidth * ChannelBlocks.Lanes;

    public readonly nint ResultColumn => (nint)pass.Columns.OutputStep * ChannelBlocks.Lanes;

    /// <summary>Computes the sums of an item.</summary>
    public void Compute<T>(int item)
        where T : struct, IMemoryLanes<T>
    {
        var sample = item / items;
        var rest = Enter(item % items);
        var pair = rest % pass.Pairs;
        var group = rest / pass.Pairs % pass.Groups;
        var tile = rest / pass.Pairs / pass.Groups;
        var firstRow = tile * pass.RowsAtOnce;
        Blocks = Math.Min(2, pass.OutputBlocks - pair * 2);
        Rows = Math.Min(pass.RowsAtOnce, pass.Rows.Outputs - firstRow);
        var outputBlock = group * pass.OutputBlocks + pair * 2;
        Result = (nint)(sample * sampleStride) + outputBlock * ResultBlock
            + ((nint)(pass.Rows.OutputFirst + firstRow * pass.Rows.OutputStep) * pass.OutputWidth + pass.Columns.OutputFirst) * ChannelBlocks.Lanes;

        var x = input + (nint)(sample * sampleStride) + (nint)group * pass.InputBlocks * pass.Rows.Inputs * pass.Columns.Inputs * ChannelBlocks.Lanes;
        var available = 0;
        if (pass.InPlace)
        {
            x += (nint)firstRow * pass.Columns.Inputs * ChannelBlocks.Lanes;
            available = (pass.Rows.Inputs - firstRow) * pass.Columns.Inputs;
        }
        else
        {
            if (sample != loadedSample || tile != loadedTile || group != loadedGroup)
            {
                if (pass.Compact)
                {
                    CompactRows.Copy(pass, x, copy, firstRow, Rows);
                }
                else
                {
                    PaddedRows.Copy<T>(pass, x, copy, firstRow, Rows);
                }

                loadedSample = sample;
                loadedTile = tile;
                loadedGroup = group;
            }

            x = copy;
        }

        CopyBias(group * pass.OutputChannels + pair * 2 * ChannelBlocks.Lanes, Math.Min(2 * ChannelBlocks.Lanes, pass.OutputChannels - pair * 2 * ChannelBlocks.Lanes));
        var weights = packed + phasePacked + (nint)outputBlock * ChannelBlocks.Lanes * pass.Depth;
        for (var block = 0; block < pass.InputBlocks; block += pass.ChunkBlocks)
        {
            Sweep<T>(x, weights + (nint)block * ChannelBlocks.Lanes * pass.Taps * Blocks * ChannelBlocks.Lanes, block, available);
        }

        if (T.Count == ChannelBlocks.Lanes)
        {
            CloseGap<T>(available);
        }
    }

    /// <summary>Makes the phase of an item current; returns the item's number in it.</summary>
    int Enter(int item)
    {
        if (phase >= 0 && item < phaseItem)
        {
            phase = -1;
        }

        while (phase < 0 || item - phaseItem >= pass.Items)
        {
            if (phase < 0)
            {
                phaseItem = 0;
                phasePacked = 0;
            }
            else
            {
                phaseItem += pass.Items;
                phasePacked += pass.PackedSize;
            }

            phase++;
            pass = DirectConvolution.Pass(shape, gradient, phase, segment);
            loadedSample = -1;
            pass.FillTable((nint*)scratch);
            sums = scratch + pass.TableSize + 2 * ChannelBlocks.Lanes;
            copy = sums + 2 * (nint)pass.SumPixels * ChannelBlocks.Lanes;
        }

        return item - phaseItem;
    }

    /// <summary>Adds the terms of one panel of weights to all pixels of the item.</summary>
    readonly void Sweep<T>(float* x, float* weights, int firstBlock, int available)
        where T : struct, IMemoryLanes<T>
    {
        var blocks = Math.Min(pass.ChunkBlocks, pass.InputBlocks - firstBlock);
        var entries = blocks * pass.BlockEntries;
        var whole = firstBlock + blocks == pass.InputBlocks && pass.LastTerms != ChannelBlocks.Lanes ? entries - pass.BlockEntries : entries;
        var terms = new DirectTerms(
            (nint*)scratch + firstBlock * pass.BlockEntries, entries, whole, pass.LastTerms, firstBlock > 0, scratch + pass.TableSize, pass.PixelStep);
        var sumStride = (nint)pass.SumPixels * ChannelBlocks.Lanes;
        if (pass.Compact || T.Count < ChannelBlocks.Lanes)
        {
            var pixels = pass.Exact ? Rows * pass.Columns.Outputs : pass.Columns.Outputs;
            for (var line = 0; line < (pass.Exact ? 1 : Rows); line++)
            {
                var from = x + (nint)line * pass.LineStep;
                if (pass.Compact)
                {
                    DirectTile.Line<T, GivenStep>(terms, pixels, Blocks, from, weights, sums + line * SumPitch, sumStride);
                }
                else
                {
                    DirectTile.Line<T, BlockStep>(terms, pixels, Blocks, from, weights, sums + line * SumPitch, sumStride);
                }
            }

            return;
        }

        var halves = Halves;
        var sum = sums;
        for (var half = 0; half < halves;)
        {
            var first = x + Start(half, available);
            if (half + 1 < halves)
            {
                var second = x + Start(half + 1, available);
                if (Blocks == 2)
                {
                    DirectTile512.Tile14x2(terms, first, second, weights, sum, sumStride);
                }
                else
                {
                    DirectTile512.Tile14x1(terms, first, second, weights, sum, sumStride);
                }
            }
            else if (Blocks == 2)
            {
                DirectTile512.Tile7x2(terms, first, weights, sum, sumStride);
            }
            else
            {
                DirectTile512.Tile7x1(terms, first, weights, sum, sumStride);
            }

            half += 2;
            sum += 2 * segment * ChannelBlocks.Lanes;
        }
    }

    /// <summary>Half tiles of the item.</summary>
    readonly int Halves => pass.Exact ? (Rows * pass.Columns.Outputs + segment - 1) / segment : Rows * pass.LineHalves;

    /// <summary>Where a half tile begins in the input. In place, the last one moves back so as not to read behind the input.</summary>
    readonly nint Start(int half, int available)
    {
        var pixel = pass.Exact ? half * segment : half / pass.LineHalves * pass.Width + half % pass.LineHalves * segment;
        if (pass.InPlace)
        {
            pixel = Math.Min(pixel, available - segment);
        }

        return (nint)pixel * ChannelBlocks.Lanes;
    }

    /// <summary>Brings the sums of a half tile that has moved back to where they belong.</summary>
    readonly void CloseGap<T>(int available)
        where T : struct, IMemoryLanes<T>
    {
        var last = (Halves - 1) * segment;
        var gap = last - (available - segment);
        if (!pass.InPlace || gap <= 0)
        {
            return;
        }

        for (var block = 0; block < Blocks; block++)
        {
            var target = Sums(block) + (nint)last * ChannelBlocks.Lanes;
            for (var i = 0; i < (segment - gap) * ChannelBlocks.Lanes; i += T.Count)
            {
                T.Store(target + i, T.Load(target + gap * ChannelBlocks.Lanes + i));
            }
        }
    }

    /// <summary>The bias of the item's channels, zero where there is none: what lies behind the last one is not the bias.</summary>
    readonly void CopyBias(int channel, int count)
    {
        var target = scratch + pass.TableSize;
        for (var i = 0; i < 2 * ChannelBlocks.Lanes; i++)
        {
            target[i] = bias != null && i < count ? bias[channel + i] : 0;
        }
    }
}
