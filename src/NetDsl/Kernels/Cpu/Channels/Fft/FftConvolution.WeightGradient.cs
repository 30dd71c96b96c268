using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>
/// The gradient by the weight: tiles of dy are the kernels, and what they make of all tiles is summed before it is transformed back. An item is some blocks of
/// channels and some pairs of blocks of filters, which share the transformed inputs; it goes through the tiles of all samples in order, so that sums do not depend
/// on the number of workers.
/// </content>
public static unsafe partial class FftConvolution
{
    const int PairLanes = PlaceProducts.PairLanes;

    /// <summary>Items of <c>WeightGradient</c>, in all.</summary>
    public static int WeightGradientItems(in ConvolutionShape shape) => new FftWeightPass(shape).Items;

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long WeightGradientScratch(in ConvolutionShape shape) => new FftWeightPass(shape).Scratch;

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
        var cut = new FftWeightPass(shape);
        var pass = cut.Forward;
        var xs = scratch;
        var gradients = xs + (nint)pass.Places * cut.InputPlane;
        var sums = gradients + (nint)pass.Places * cut.GradientPlane;
        var pairSums = (nint)pass.Places * cut.SumPlane;
        var columns = sums + cut.PairsAtOnce * pairSums;
        var tiles = worker.Samples * pass.Tiles;
        for (var item = begin; item < end; item++)
        {
            var (group, part) = int.DivRem(item, cut.ItemsOfGroup);
            var (firstBlock, firstPair) = (part / cut.PairChunks * cut.BlocksAtOnce, part % cut.PairChunks * cut.PairsAtOnce);
            var blocks = Math.Min(cut.BlocksAtOnce, pass.InputBlocks - firstBlock);
            var pairs = Math.Min(cut.PairsAtOnce, pass.Pairs - firstPair);
            for (var first = 0; first < tiles; first += cut.Tiles)
            {
                var count = Math.Min(cut.Tiles, tiles - first);
                TransformChannels<T>(worker, cut, x, xs, columns, first, count, group * pass.InputBlocks + firstBlock, blocks);
                for (var pair = 0; pair < pairs; pair++)
                {
                    var firstFilterBlock = (firstPair + pair) * 2;
                    TransformGradients<T>(
                        worker, cut, dy, gradients, columns, first, count, group * pass.OutputBlocks + firstFilterBlock, Math.Min(2, pass.OutputBlocks - firstFilterBlock));
                    cut.Products.Multiply<T>(xs, gradients, sums + pair * pairSums, blocks * ChannelBlocks.Lanes, count, first > 0);
                }
            }

            var target = dweight + (nint)group * pass.Filters * pass.Channels * pass.KernelHeight * pass.KernelWidth;
            for (var pair = 0; pair < pairs; pair++)
            {
                Finish<T>(
                    sums + pair * pairSums, cut.SumPlane, columns, target, pass, firstBlock * ChannelBlocks.Lanes, blocks * ChannelBlocks.Lanes,
                    (firstPair + pair) * PairLanes);
            }
        }
    }

    /// <summary>Planes of [tile][channel] of x.</summary>
    static void TransformChannels<T>(
        CpuWorker worker, in FftWeightPass cut, float* x, float* xs, float* columns, int first, int count, int firstBlock, int blocks)
        where T : struct, IMemoryLanes<T>
    {
        var pass = cut.Forward;
        for (var tile = 0; tile < count; tile++)
        {
            var (sample, row, column) = pass.Place(first + tile);
            for (var block = 0; block < blocks; block++)
            {
                var source = x + (nint)(sample * worker.BlockStride) + (nint)(firstBlock + block) * pass.Height * pass.Width * ChannelBlocks.Lanes;
                var target = xs + (tile * blocks + block) * ChannelBlocks.Lanes;
                var window = FftWindow.Of(source, pass.Height, pass.Width, row - pass.PaddingHeight, column - pass.PaddingWidth, pass.Points, pass.Points);
                FftTile.Input<T>(pass.Points, window, columns, target, cut.InputPlane);
            }
        }
    }

    /// <summary>Planes of [tile][filter] of dy for a pair of blocks; zeros where the second does not exist.</summary>
    static void TransformGradients<T>(
        CpuWorker worker, in FftWeightPass cut, float* dy, float* gradients, float* columns, int first, int count, int firstFilterBlock, int blocks)
        where T : struct, IMemoryLanes<T>
    {
        var pass = cut.Forward;
        if (blocks == 1)
        {
            for (var place = 0; place < pass.Places; place++)
            {
                new Span<float>(gradients + (nint)place * cut.GradientPlane, count * PairLanes).Clear();
            }
        }

        for (var tile = 0; tile < count; tile++)
        {
            var (sample, row, column) = pass.Place(first + tile);
            for (var block = 0; block < blocks; block++)
            {
                var source = dy + (nint)(sample * worker.BlockStride) + (nint)(firstFilterBlock + block) * pass.OutputHeight * pass.OutputWidth * ChannelBlocks.Lanes;
                var target = gradients + tile * PairLanes + block * ChannelBlocks.Lanes;
                var window = FftWindow.Of(source, pass.OutputHeight, pass.OutputWidth, row, column, pass.TileHeight, pass.TileWidth);
                FftTile.Kernel<T>(pass.Points, window, columns, target, cut.GradientPlane);
            }
        }
    }

    /// <summary>From the sums at all places to the weights of each channel and filter.</summary>
    static void Finish<T>(float* sums, nint plane, float* columns, float* dweight, in TransformedPass pass, int firstChannel, int channels, int firstFilter)
        where T : struct, IMemoryLanes<T>
    {
        var taps = pass.KernelHeight * pass.KernelWidth;
        var results = stackalloc float[taps * ChannelBlocks.Lanes];
        for (var channel = 0; channel < Math.Min(channels, pass.Channels - firstChannel); channel++)
        {
            for (var block = 0; block < Math.Min(PairLanes, pass.Filters - firstFilter); block += ChannelBlocks.Lanes)
            {
                FftTile.Output<T, FftWeights<T>>(
                    pass.Points, sums + channel * PairLanes + block, plane, pass.KernelHeight, pass.KernelWidth, columns, new(results, pass.KernelWidth));
                for (var lane = 0; lane < Math.Min(ChannelBlocks.Lanes, pass.Filters - firstFilter - block); lane++)
                {
                    var target = dweight + ((nint)(firstFilter + block + lane) * pass.Channels + firstChannel + channel) * taps;
                    for (var i = 0; i < taps; i++)
                    {
                        target[i] = results[i * ChannelBlocks.Lanes + lane];
                    }
                }
            }
        }
    }
}
