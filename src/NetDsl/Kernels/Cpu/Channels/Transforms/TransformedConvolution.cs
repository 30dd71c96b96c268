using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// A convolution by transforms, whichever they are: the tiles of a set are transformed, their channels multiplied as matrices place by place, and the products
/// transformed back.
/// </summary>
static unsafe class TransformedConvolution
{
    /// <summary>How often the input of a set may be transformed, for as many parts of the filters.</summary>
    const int TransformsOfInputs = 4;

    /// <summary>Over the batch: a worker takes items until none are left, and goes on when all are done.</summary>
    public static void Run<T, TEpilogue, TTransform>(CpuWorker worker, float* x, float* packed, float* bias, in TransformedPass pass, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
        where TTransform : struct, ITileTransform
    {
        var items = pass.Items(worker.Samples);
        var loaded = -1;
        while (worker.Take(items, out var begin, out var end, least: pass.Pairs / TransformsOfInputs))
        {
            Run<T, TEpilogue, TTransform>(worker, begin, end, x, packed, bias, worker.Scratch, pass, ref loaded, epilogue);
        }

        worker.Complete();
    }

    /// <summary>Computes items; <paramref name="loaded"/> says which set and group the scratch holds the transformed input of, from one call to the next.</summary>
    public static void Run<T, TEpilogue, TTransform>(
        CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, in TransformedPass pass, ref int loaded, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
        where TTransform : struct, ITileTransform
    {
        var inputs = scratch;
        var products = inputs + (nint)pass.Places * pass.InputPlane;
        var biases = products + (nint)pass.Places * pass.ProductPlane;
        var columns = biases + 2 * ChannelBlocks.Lanes;
        var size = begin < end ? pass.TilesOfSet(worker.Samples) : 0;
        for (var item = begin; item < end; item++)
        {
            var (turn, pair) = int.DivRem(item, pass.Pairs);
            var (set, group) = int.DivRem(turn, pass.Groups);
            var first = set * size;
            var count = Math.Min(size, worker.Samples * pass.Tiles - first);
            if (turn != loaded)
            {
                Load<T, TTransform>(worker, pass, x + (nint)group * pass.InputBlocks * pass.Height * pass.Width * ChannelBlocks.Lanes, inputs, columns, first, count);
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

            Store<T, TEpilogue, TTransform>(worker, pass, products, biases, columns, first, count, group * pass.OutputBlocks + pair * 2, blocks, epilogue);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Load<T, TTransform>(CpuWorker worker, in TransformedPass pass, float* x, float* inputs, float* columns, int first, int count)
        where T : struct, IMemoryLanes<T>
        where TTransform : struct, ITileTransform
    {
        for (var block = 0; block < pass.InputBlocks; block++)
        {
            var source = x + (nint)block * pass.Height * pass.Width * ChannelBlocks.Lanes;
            var target = inputs + (nint)block * pass.SetTiles * ChannelBlocks.Lanes;
            for (var tile = 0; tile < count; tile++)
            {
                var (sample, row, column) = pass.Place(first + tile);
                TTransform.Input<T>(
                    pass, source + (nint)(sample * worker.BlockStride), row - pass.PaddingHeight, column - pass.PaddingWidth, columns, target + (nint)tile * ChannelBlocks.Lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Store<T, TEpilogue, TTransform>(
        CpuWorker worker, in TransformedPass pass, float* products, float* biases, float* columns, int first, int count, int firstBlock, int blocks, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
        where TTransform : struct, ITileTransform
    {
        for (var tile = 0; tile < count; tile++)
        {
            var (sample, row, column) = pass.Place(first + tile);
            var rows = Math.Min(pass.TileHeight, pass.OutputHeight - row);
            var width = Math.Min(pass.TileWidth, pass.OutputWidth - column);
            for (var block = 0; block < blocks; block++)
            {
                var target = (nint)(sample * worker.BlockStride)
                    + (((nint)(firstBlock + block) * pass.OutputHeight + row) * pass.OutputWidth + column) * ChannelBlocks.Lanes;
                TTransform.Output<T, TEpilogue>(
                    pass, products + ((nint)block * pass.SetTiles + tile) * ChannelBlocks.Lanes, rows, width, columns, biases + block * ChannelBlocks.Lanes, target, epilogue);
            }
        }
    }
}
