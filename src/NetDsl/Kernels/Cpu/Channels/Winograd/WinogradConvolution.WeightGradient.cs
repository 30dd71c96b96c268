using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>
/// The gradient by the weight as F(3×3, 4×4) or F(5×5, 2×2): tiles of dy are the kernels. An item is up to four blocks of channels and four pairs of blocks of filters, which
/// share the transformed inputs; it goes through the tiles of all samples in order, so that sums do not depend on the number of workers.
/// </content>
public static unsafe partial class WinogradConvolution
{
    /// <summary>Tiles that are transformed before they are multiplied: their planes stay in the second-level cache.</summary>
    const int GradientTiles = 32;

    /// <summary>Fewer items than this leave threads idle.</summary>
    const int FewGradientItems = 8;

    const int PairLanes = PlaceProducts.PairLanes;

    /// <summary>Items of <c>WeightGradient</c>, in all.</summary>
    public static int WeightGradientItems(in ConvolutionShape shape)
    {
        var pairs = GradientPairs(shape);
        return shape.Group * GradientChunks(shape) * ((WinogradPass.Forward(shape).Pairs + pairs - 1) / pairs);
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
    /// <param name="dweight">The gradient by the weight, [K, C / group, KH, KW].</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes.</param>
    public static void WeightGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* x, float* dweight, float* scratch, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        var pass = WinogradPass.Forward(shape);
        var most = GradientBlocks(shape);
        var (xPlane, sumPlane) = (XPlane(shape), SumPlane(shape));
        var xs = scratch;
        var gradients = xs + (nint)WinogradPass.Places * xPlane;
        var sums = gradients + (nint)WinogradPass.Places * GradientPlane;
        var pairSums = (nint)WinogradPass.Places * sumPlane;
        var tiles = worker.Samples * pass.Tiles;
        var pairsAtOnce = GradientPairs(shape);
        var chunks = (pass.Pairs + pairsAtOnce - 1) / pairsAtOnce;
        var itemsOfGroup = GradientChunks(shape) * chunks;
        for (var item = begin; item < end; item++)
        {
            var (group, part) = int.DivRem(item, itemsOfGroup);
            var (firstBlock, firstPair) = (part / chunks * most, part % chunks * pairsAtOnce);
            var blocks = Math.Min(most, pass.InputBlocks - firstBlock);
            var pairs = Math.Min(pairsAtOnce, pass.Pairs - firstPair);
            for (var first = 0; first < tiles; first += GradientTiles)
            {
                var count = Math.Min(GradientTiles, tiles - first);
                TransformChannels<T>(worker, pass, x, xs, xPlane, first, count, group * pass.InputBlocks + firstBlock, blocks);
                for (var pair = 0; pair < pairs; pair++)
                {
                    var firstFilterBlock = (firstPair + pair) * 2;
                    TransformGradients<T>(
                        worker, pass, dy, gradients, first, count, group * pass.OutputBlocks + firstFilterBlock, Math.Min(2, pass.OutputBlocks - firstFilterBlock));
                    new PlaceOuterProducts(WinogradPass.Places, xPlane, GradientPlane, sumPlane).Multiply<T>(
                        xs, gradients, sums + pair * pairSums, blocks * ChannelBlocks.Lanes, count, first > 0);
                }
            }

            var taps = pass.KernelHeight * pass.KernelWidth;
            var (firstChannel, row) = (firstBlock * ChannelBlocks.Lanes, (nint)pass.Channels * taps);
            var channels = Math.Min(blocks * ChannelBlocks.Lanes, pass.Channels - firstChannel);
            for (var pair = 0; pair < pairs; pair++)
            {
                var firstFilter = (firstPair + pair) * PairLanes;
                var filters = Math.Min(PairLanes, pass.Filters - firstFilter);
                var target = dweight + (((nint)group * pass.Filters) + firstFilter) * row + (nint)firstChannel * taps;
                if (worker.FactoredUpdate is not { } update)
                {
                    Finish<T>(pass.KernelHeight, sums + pair * pairSums, sumPlane, target, row, channels, filters);
                    continue;
                }

                // The inputs are done with: a row of each filter finds room there.
                nint held = channels * taps;
                Finish<T>(pass.KernelHeight, sums + pair * pairSums, sumPlane, xs, held, channels, filters);
                for (var filter = 0; filter < filters; filter++)
                {
                    update.Take(target + filter * row, xs + filter * held, (int)held);
                }
            }
        }
    }

    /// <summary>Blocks of channels of an item: enough to pay for the transforms of dy, few enough to share.</summary>
    static int GradientBlocks(in ConvolutionShape shape) => Math.Clamp(WinogradPass.Forward(shape).InputBlocks / 2, 1, 4);

    /// <summary>Parts into which the blocks of channels are cut.</summary>
    static int GradientChunks(in ConvolutionShape shape) => (WinogradPass.Forward(shape).InputBlocks - 1) / GradientBlocks(shape) + 1;

    /// <summary>Pairs of blocks of filters of an item: the more, the fewer transforms of x, as long as there are items enough to share.</summary>
    static int GradientPairs(in ConvolutionShape shape)
    {
        var all = WinogradPass.Forward(shape).Pairs;
        var pairs = 4;
        while (pairs > 1 && shape.Group * GradientChunks(shape) * ((all + pairs - 1) / pairs) < FewGradientItems)
        {
            pairs /= 2;
        }

        return pairs;
    }

    static int XPlane(in ConvolutionShape shape) => GradientBlocks(shape) * ChannelBlocks.Lanes * GradientTiles + ChannelBlocks.Lanes;

    static int SumPlane(in ConvolutionShape shape) => GradientBlocks(shape) * ChannelBlocks.Lanes * PairLanes + ChannelBlocks.Lanes;

    static int GradientPlane => PairLanes * GradientTiles + ChannelBlocks.Lanes;

    /// <summary>Planes of [tile][channel] of x.</summary>
    static void TransformChannels<T>(CpuWorker worker, in TransformedPass pass, float* x, float* xs, int xPlane, int first, int count, int firstBlock, int blocks)
        where T : struct, IMemoryLanes<T>
    {
        for (var tile = 0; tile < count; tile++)
        {
            var (sample, row, column) = pass.Place(first + tile);
            for (var block = 0; block < blocks; block++)
            {
                WinogradTile.Input<T>(
                    x + (nint)(sample * worker.BlockStride) + (nint)(firstBlock + block) * pass.Height * pass.Width * ChannelBlocks.Lanes, pass.Height, pass.Width,
                    row - pass.PaddingHeight, column - pass.PaddingWidth, xs + (tile * blocks + block) * ChannelBlocks.Lanes, xPlane);
            }
        }
    }

    /// <summary>Planes of [tile][filter] of dy for a pair of blocks; zeros where the second does not exist.</summary>
    static void TransformGradients<T>(CpuWorker worker, in TransformedPass pass, float* dy, float* gradients, int first, int count, int firstFilterBlock, int filterBlocks)
        where T : struct, IMemoryLanes<T>
    {
        if (filterBlocks < 2)
        {
            new Span<float>(gradients, WinogradPass.Places * GradientPlane).Clear();
        }

        for (var tile = 0; tile < count; tile++)
        {
            var (sample, row, column) = pass.Place(first + tile);
            for (var block = 0; block < filterBlocks; block++)
            {
                var source = dy + (nint)(sample * worker.BlockStride) + (nint)(firstFilterBlock + block) * pass.OutputHeight * pass.OutputWidth * ChannelBlocks.Lanes;
                var target = gradients + tile * PairLanes + block * ChannelBlocks.Lanes;
                if (pass.KernelHeight == 3)
                {
                    WinogradTile.Gradient<T, Four>(source, pass.OutputHeight, pass.OutputWidth, row, column, target, GradientPlane);
                }
                else
                {
                    WinogradTile.Gradient<T, Two>(source, pass.OutputHeight, pass.OutputWidth, row, column, target, GradientPlane);
                }
            }
        }
    }

    static void Finish<T>(int kernel, float* sums, nint plane, float* to, nint row, int channels, int filters)
        where T : struct, IMemoryLanes<T>
    {
        if (kernel == 3)
        {
            Finish<T, Three>(sums, plane, to, row, channels, filters);
        }
        else
        {
            Finish<T, Five>(sums, plane, to, row, channels, filters);
        }
    }

    /// <summary>From 36 sums to the weights of each channel and filter: a row of each filter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Finish<T, TKernel>(float* sums, nint plane, float* to, nint row, int channels, int filters)
        where T : struct, IMemoryLanes<T>
        where TKernel : struct, ITileCount
    {
        var taps = TKernel.Value * TKernel.Value;
        var results = stackalloc float[taps * ChannelBlocks.Lanes];
        for (var channel = 0; channel < channels; channel++)
        {
            for (var lane = 0; lane < PairLanes; lane += T.Count)
            {
                WinogradTile.Output<T, TKernel>(sums + channel * PairLanes + lane, plane, results);
                for (var l = 0; l < Math.Min(T.Count, filters - lane); l++)
                {
                    var target = to + (lane + l) * row + channel * taps;
                    for (var i = 0; i < taps; i++)
                    {
                        target[i] = results[i * T.Count + l];
                    }
                }
            }
        }
    }
}
