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
            pass.Products.Multiply<T>(
                inputs, packed + group * (nint)pass.PackedGroup + (nint)pair * 2 * ChannelBlocks.Lanes * pass.Channels, products, blocks, count);
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
        (long)WinogradPass.Places * (pass.InputPlane + WinogradPass.ProductPlane) + 2 * ChannelBlocks.Lanes;
}
