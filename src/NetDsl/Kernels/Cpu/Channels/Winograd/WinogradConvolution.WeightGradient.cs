using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>
/// The gradient by the weight as F(3×3, 4×4): tiles of dy are the kernels. An item is up to four blocks of channels and four pairs of blocks of filters, which
/// share the transformed inputs; it goes through the tiles of all samples in order, so that sums do not depend on the number of workers.
/// </content>
public static unsafe partial class WinogradConvolution
{
    /// <summary>Tiles that are transformed before they are multiplied: their planes stay in the second-level cache.</summary>
    const int GradientTiles = 32;

    /// <summary>Fewer items than this leave threads idle.</summary>
    const int FewGradientItems = 8;

    /// <summary>Filters of a pair of blocks.</summary>
    const int PairLanes = 2 * ChannelBlocks.Lanes;

    /// <summary>Items of <c>WeightGradient</c>, in all.</summary>
    public static int WeightGradientItems(in ConvolutionShape shape)
    {
        var pairs = GradientPairs(shape);
        return GradientChunks(shape) * ((WinogradPass.Forward(shape).Pairs + pairs - 1) / pairs);
    }

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long WeightGradientScratch(in ConvolutionShape shape) =>
        (long)WinogradPass.Places * (XPlane(shape) + GradientPlane + GradientPairs(shape) * SumPlane(shape)) + ChannelBlocks.Lanes;

    /// <summary>dweight[k, c, kh, kw] = Σ over samples and pixels of dy x.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the result of sample 0, channel-blocked.</param>
    /// <param name="x">The input of sample 0, channel-blocked.</param>
    /// <param name="dweight">The gradient by the weight, [K, C, 3, 3].</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes.</param>
    public static void WeightGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* x, float* dweight, float* scratch, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        var pass = WinogradPass.Forward(shape);
        var most = GradientBlocks(shape);
        var xs = scratch;
        var gradients = xs + (nint)WinogradPass.Places * XPlane(shape);
        var sums = gradients + (nint)WinogradPass.Places * GradientPlane;
        var pairSums = (nint)WinogradPass.Places * SumPlane(shape);
        var tiles = worker.Samples * pass.Tiles;
        var pairsAtOnce = GradientPairs(shape);
        var chunks = (pass.Pairs + pairsAtOnce - 1) / pairsAtOnce;
        for (var item = begin; item < end; item++)
        {
            var (firstBlock, firstPair) = (item / chunks * most, item % chunks * pairsAtOnce);
            var blocks = Math.Min(most, pass.InputBlocks - firstBlock);
            var pairs = Math.Min(pairsAtOnce, pass.Pairs - firstPair);
            for (var first = 0; first < tiles; first += GradientTiles)
            {
                var count = Math.Min(GradientTiles, tiles - first);
                TransformChannels<T>(worker, pass, x, xs, XPlane(shape), first, count, firstBlock, blocks);
                for (var pair = 0; pair < pairs; pair++)
                {
                    TransformGradients<T>(worker, pass, dy, gradients, first, count, (firstPair + pair) * 2);
                    for (var place = 0; place < WinogradPass.Places; place++)
                    {
                        MultiplyOuter<T>(
                            xs + (nint)place * XPlane(shape), blocks * ChannelBlocks.Lanes, gradients + (nint)place * GradientPlane, count,
                            sums + pair * pairSums + (nint)place * SumPlane(shape), first > 0);
                    }
                }
            }

            for (var pair = 0; pair < pairs; pair++)
            {
                Finish<T>(
                    sums + pair * pairSums, SumPlane(shape), dweight, pass, firstBlock * ChannelBlocks.Lanes, blocks * ChannelBlocks.Lanes, (firstPair + pair) * PairLanes);
            }
        }
    }

    /// <summary>Blocks of channels of an item: enough to pay for the transforms of dy, few enough to share.</summary>
    static int GradientBlocks(in ConvolutionShape shape) => Math.Clamp(ChannelBlocks.Count(shape.Channels) / 2, 1, 4);

    /// <summary>Parts into which the blocks of channels are cut.</summary>
    static int GradientChunks(in ConvolutionShape shape) => (ChannelBlocks.Count(shape.Channels) - 1) / GradientBlocks(shape) + 1;

    /// <summary>Pairs of blocks of filters of an item: the more, the fewer transforms of x, as long as there are items enough to share.</summary>
    static int GradientPairs(in ConvolutionShape shape)
    {
        var all = WinogradPass.Forward(shape).Pairs;
        var pairs = 4;
        while (pairs > 1 && GradientChunks(shape) * ((all + pairs - 1) / pairs) < FewGradientItems)
        {
            pairs /= 2;
        }

        return pairs;
    }

    static int XPlane(in ConvolutionShape shape) => GradientBlocks(shape) * ChannelBlocks.Lanes * GradientTiles + ChannelBlocks.Lanes;

    static int SumPlane(in ConvolutionShape shape) => GradientBlocks(shape) * ChannelBlocks.Lanes * PairLanes + ChannelBlocks.Lanes;

    static int GradientPlane => PairLanes * GradientTiles + ChannelBlocks.Lanes;

    /// <summary>Planes of [tile][channel] of x.</summary>
    static void TransformChannels<T>(CpuWorker worker, in WinogradPass pass, float* x, float* xs, int xPlane, int first, int count, int firstBlock, int blocks)
        where T : struct, IMemoryLanes<T>
    {
        for (var tile = 0; tile < count; tile++)
        {
            var sample = (nint)((first + tile) / pass.Tiles * worker.BlockStride);
            var place = (first + tile) % pass.Tiles;
            var (row, column) = (place / pass.TileColumns * 4, place % pass.TileColumns * 4);
            for (var block = 0; block < blocks; block++)
            {
                WinogradTile.Input<T>(
                    x + sample + (nint)(firstBlock + block) * pass.Height * pass.Width * ChannelBlocks.Lanes, pass.Height, pass.Width,
                    row - pass.PaddingHeight, column - pass.PaddingWidth, xs + (tile * blocks + block) * ChannelBlocks.Lanes, xPlane);
            }
        }
    }

    /// <summary>Planes of [tile][filter] of dy for a pair of blocks; zeros where the second does not exist.</summary>
    static void TransformGradients<T>(CpuWorker worker, in WinogradPass pass, float* dy, float* gradients, int first, int count, int firstFilterBlock)
        where T : struct, IMemoryLanes<T>
    {
        var filterBlocks = Math.Min(2, pass.OutputBlocks - firstFilterBlock);
        if (filterBlocks < 2)
        {
            new Span<float>(gradients, WinogradPass.Places * GradientPlane).Clear();
        }

        for (var tile = 0; tile < count; tile++)
        {
            var sample = (nint)((first + tile) / pass.Tiles * worker.BlockStride);
            var place = (first + tile) % pass.Tiles;
            var (row, column) = (place / pass.TileColumns * 4, place % pass.TileColumns * 4);
            for (var block = 0; block < filterBlocks; block++)
            {
                WinogradTile.Gradient<T>(
                    dy + sample + (nint)(firstFilterBlock + block) * pass.OutputHeight * pass.OutputWidth * ChannelBlocks.Lanes, pass.OutputHeight, pass.OutputWidth,
                    row, column, gradients + tile * PairLanes + block * ChannelBlocks.Lanes, GradientPlane);
            }
        }
    }

    static void MultiplyOuter<T>(float* x, int channels, float* gradient, int tiles, float* sums, bool accumulate)
        where T : struct, IMemoryLanes<T>
    {
        if (T.Count == ChannelBlocks.Lanes)
        {
            OuterTile512.Multiply(x, channels, gradient, PairLanes, tiles, sums, PairLanes, channels, accumulate);
        }
        else
        {
            OuterTileNarrow.Multiply<T>(x, channels, gradient, PairLanes, tiles, sums, PairLanes, channels, accumulate);
        }
    }

    /// <summary>From 36 sums to nine weights for each channel and filter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Finish<T>(float* sums, nint plane, float* dweight, in WinogradPass pass, int firstChannel, int channels, int firstFilter)
        where T : struct, IMemoryLanes<T>
    {
        var rows = stackalloc float[18 * ChannelBlocks.Lanes];
        var results = stackalloc float[9 * ChannelBlocks.Lanes];
        for (var channel = 0; channel < Math.Min(channels, pass.Channels - firstChannel); channel++)
        {
            for (var lane = 0; lane < PairLanes; lane += T.Count)
            {
                var m = sums + channel * PairLanes + lane;
                for (var c = 0; c < 6; c++)
                {
                    var (y0, y1, y2) = WinogradTransform.WeightOutput<T>(m + c * plane, 6 * plane);
                    T.Store(rows + c * T.Count, y0);
                    T.Store(rows + (6 + c) * T.Count, y1);
                    T.Store(rows + (12 + c) * T.Count, y2);
                }

                for (var r = 0; r < 3; r++)
                {
                    var (y0, y1, y2) = WinogradTransform.WeightOutput<T>(rows + r * 6 * T.Count, T.Count);
                    T.Store(results + r * 3 * T.Count, y0);
                    T.Store(results + (r * 3 + 1) * T.Count, y1);
                    T.Store(results + (r * 3 + 2) * T.Count, y2);
                }

                for (var l = 0; l < Math.Min(T.Count, pass.Filters - firstFilter - lane); l++)
                {
                    var target = dweight + ((nint)(firstFilter + lane + l) * pass.Channels + firstChannel + channel) * 9;
                    for (var i = 0; i < 9; i++)
                    {
                        target[i] = results[i * T.Count + l];
                    }
                }
            }
        }
    }
}
