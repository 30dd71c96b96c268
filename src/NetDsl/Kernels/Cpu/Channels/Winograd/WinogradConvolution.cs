using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// Convolution with stride 1 by Winograd's minimal filtering, in the channel-blocked layout: 3×3 kernels as F(4×4, 3×3), 36 products for 16 results instead of
/// 144, and 5×5 kernels as F(2×2, 5×5), 36 products for 4 results instead of 100. It rounds differently from a sum of products: results differ from it by up to
/// 2e-5 of the largest, gradients by the weight by up to 1e-4.
/// </summary>
public static unsafe partial class WinogradConvolution
{
    /// <summary>Input blocks that are summed before the next tiles: their weights and inputs stay in the first-level cache.</summary>
    const int ChunkBlocks = 4;

    /// <summary>How often the input of a set may be transformed, for as many parts of the filters.</summary>
    const int TransformsOfInputs = 4;

    /// <summary>Floats of the packed weights.</summary>
    public static long PackedSize(in ConvolutionShape shape) => WinogradPass.Forward(shape).PackedSize;

    /// <summary>Items of <c>Forward</c>, in all.</summary>
    public static int ForwardItems(in ConvolutionShape shape, int samples) => WinogradPass.Forward(shape).Items(samples);

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long ForwardScratch(in ConvolutionShape shape) => Scratch(WinogradPass.Forward(shape));

    /// <summary>y = x * weight + bias.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: a set of tiles and a pair of blocks of filters.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="x">The input of sample 0, channel-blocked.</param>
    /// <param name="packed">The packed weights.</param>
    /// <param name="bias">The bias; null for none.</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes: a 3×3 or 5×5 kernel with less padding than its side, stride and dilation 1; groups, if any, of whole blocks of channels.</param>
    /// <param name="epilogue">Takes the results.</param>
    public static void Forward<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var loaded = -1;
        Run<T, TEpilogue>(worker, begin, end, x, packed, bias, scratch, WinogradPass.Forward(shape), ref loaded, epilogue);
    }

    /// <summary>Floats of the weights packed for the gradient by the input.</summary>
    public static long GradientPackedSize(in ConvolutionShape shape) => WinogradPass.Gradient(shape).PackedSize;

    /// <summary>Items of <c>InputGradient</c>, in all.</summary>
    public static int InputGradientItems(in ConvolutionShape shape, int samples) => WinogradPass.Gradient(shape).Items(samples);

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long InputGradientScratch(in ConvolutionShape shape) => Scratch(WinogradPass.Gradient(shape));

    /// <summary>The gradient by the input.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: a set of tiles and a pair of blocks of channels.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the result of sample 0, channel-blocked.</param>
    /// <param name="packed">The weights as <c>PackGradient</c> leaves them.</param>
    /// <param name="bias">Bias of a transposed convolution; null for none.</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes of the convolution.</param>
    /// <param name="epilogue">Takes the results.</param>
    public static void InputGradient<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* dy, float* packed, float* bias, float* scratch, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var loaded = -1;
        Run<T, TEpilogue>(worker, begin, end, dy, packed, bias, scratch, WinogradPass.Gradient(shape), ref loaded, epilogue);
    }

    /// <summary>Computes items; <paramref name="loaded"/> says which set and group the scratch holds the transformed input of, from one call to the next.</summary>
    static void Run<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, in WinogradPass pass, ref int loaded, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var inputs = scratch;
        var products = inputs + (nint)WinogradPass.Places * pass.InputPlane;
        var biases = products + (nint)WinogradPass.Places * WinogradPass.ProductPlane;
        var offsets = (nint*)(biases + 2 * ChannelBlocks.Lanes);
        for (var block = 0; block < ChunkBlocks; block++)
        {
            offsets[block] = block * WinogradPass.SetTiles * ChannelBlocks.Lanes;
        }

        var size = begin < end ? pass.TilesOfSet(worker.Samples) : 0;
        for (var item = begin; item < end; item++)
        {
            var (turn, pair) = int.DivRem(item, pass.Pairs);
            var (set, group) = int.DivRem(turn, pass.Groups);
            var first = set * size;
            var count = Math.Min(size, worker.Samples * pass.Tiles - first);
            if (turn != loaded)
            {
                TransformInputs<T>(worker, pass, x + (nint)group * pass.InputBlocks * pass.Height * pass.Width * ChannelBlocks.Lanes, inputs, first, count);
                loaded = turn;
            }

            var blocks = Math.Min(2, pass.OutputBlocks - pair * 2);
            Multiply<T>(
                pass, inputs, packed + group * (nint)pass.PackedGroup + (nint)pair * 2 * ChannelBlocks.Lanes * pass.Channels, products, offsets, blocks, count);
            for (var lane = 0; lane < 2 * ChannelBlocks.Lanes; lane++)
            {
                var channel = pair * 2 * ChannelBlocks.Lanes + lane;
                biases[lane] = bias != null && channel < pass.Filters ? bias[group * pass.Filters + channel] : 0;
            }

            var firstBlock = group * pass.OutputBlocks + pair * 2;
            if (pass.Kernel == 3)
            {
                Store<T, TEpilogue, Four>(worker, pass, products, biases, first, count, firstBlock, blocks, epilogue);
            }
            else
            {
                Store<T, TEpilogue, Two>(worker, pass, products, biases, first, count, firstBlock, blocks, epilogue);
            }
        }
    }

    static void TransformInputs<T>(CpuWorker worker, in WinogradPass pass, float* x, float* inputs, int first, int count)
        where T : struct, IMemoryLanes<T>
    {
        for (var tile = 0; tile < count; tile++)
        {
            var (sample, row, column) = pass.Place(first + tile);
            for (var block = 0; block < pass.InputBlocks; block++)
            {
                WinogradTile.Input<T>(
                    x + (nint)(sample * worker.BlockStride) + (nint)block * pass.Height * pass.Width * ChannelBlocks.Lanes, pass.Height, pass.Width,
                    row - pass.PaddingHeight, column - pass.PaddingWidth, inputs + ((nint)block * WinogradPass.SetTiles + tile) * ChannelBlocks.Lanes, pass.InputPlane);
            }
        }
    }

    /// <summary>At each of the 36 places, the product of the weights with the inputs of all tiles.</summary>
    static void Multiply<T>(in WinogradPass pass, float* inputs, float* packed, float* products, nint* offsets, int blocks, int count)
        where T : struct, IMemoryLanes<T>
    {
        var zeros = stackalloc float[2 * ChannelBlocks.Lanes];
        new Span<float>(zeros, 2 * ChannelBlocks.Lanes).Clear();
        for (var place = 0; place < WinogradPass.Places; place++)
        {
            var product = products + (nint)place * WinogradPass.ProductPlane;
            for (var block = 0; block < pass.InputBlocks; block += ChunkBlocks)
            {
                var entries = Math.Min(ChunkBlocks, pass.InputBlocks - block);
                var whole = block + entries == pass.InputBlocks && pass.LastChannels < ChannelBlocks.Lanes ? entries - 1 : entries;
                var terms = new DirectTerms(offsets, entries, whole, pass.LastChannels, block > 0, zeros);
                Tiles<T>(
                    terms, blocks, inputs + (nint)place * pass.InputPlane + (nint)block * WinogradPass.SetTiles * ChannelBlocks.Lanes,
                    packed + place * (nint)pass.PackedPlane + (nint)block * ChannelBlocks.Lanes * blocks * ChannelBlocks.Lanes, product, count);
            }
        }
    }

    static void Tiles<T>(in DirectTerms terms, int blocks, float* x, float* weights, float* sums, int count)
        where T : struct, IMemoryLanes<T>
    {
        const nint stride = WinogradPass.SetTiles * ChannelBlocks.Lanes;
        if (T.Count < ChannelBlocks.Lanes)
        {
            DirectTile.Line<T, BlockStep>(terms, count, blocks, x, weights, sums, stride);
            return;
        }

        const int half = DirectPass.WideSegment;
        for (var tile = 0; tile < count; tile += 2 * half)
        {
            var first = x + tile * ChannelBlocks.Lanes;
            var sum = sums + tile * ChannelBlocks.Lanes;
            var both = tile + half < count;
            if (both && blocks == 2)
            {
                DirectTile512.Tile14x2(terms, first, first + half * ChannelBlocks.Lanes, weights, sum, stride);
            }
            else if (both)
            {
                DirectTile512.Tile14x1(terms, first, first + half * ChannelBlocks.Lanes, weights, sum, stride);
            }
            else if (blocks == 2)
            {
                DirectTile512.Tile7x2(terms, first, weights, sum, stride);
            }
            else
            {
                DirectTile512.Tile7x1(terms, first, weights, sum, stride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Store<T, TEpilogue, TTile>(
        CpuWorker worker, in WinogradPass pass, float* products, float* biases, int first, int count, int firstBlock, int blocks, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
        where TTile : struct, ITileCount
    {
        var results = stackalloc float[TTile.Value * TTile.Value * ChannelBlocks.Lanes];
        for (var tile = 0; tile < count; tile++)
        {
            var (sample, row, column) = pass.Place(first + tile);
            var rows = Math.Min(TTile.Value, pass.OutputHeight - row);
            var columns = Math.Min(TTile.Value, pass.OutputWidth - column);
            for (var block = 0; block < blocks; block++)
            {
                var target = (nint)(sample * worker.BlockStride)
                    + (((nint)(firstBlock + block) * pass.OutputHeight + row) * pass.OutputWidth + column) * ChannelBlocks.Lanes;
                for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
                {
                    WinogradTile.Output<T, TTile>(
                        products + ((nint)block * WinogradPass.SetTiles + tile) * ChannelBlocks.Lanes + lane, WinogradPass.ProductPlane, results);
                    var bias = T.Load(biases + block * ChannelBlocks.Lanes + lane);
                    for (var r = 0; r < rows; r++)
                    {
                        for (var c = 0; c < columns; c++)
                        {
                            epilogue.Store(
                                target + ((nint)r * pass.OutputWidth + c) * ChannelBlocks.Lanes + lane, T.Load(results + (r * TTile.Value + c) * T.Count) + bias);
                        }
                    }
                }
            }
        }
    }

    static long Scratch(in WinogradPass pass) =>
        (long)WinogradPass.Places * (pass.InputPlane + WinogradPass.ProductPlane) + 2 * ChannelBlocks.Lanes + 2 * ChunkBlocks + ChannelBlocks.Lanes;
}
