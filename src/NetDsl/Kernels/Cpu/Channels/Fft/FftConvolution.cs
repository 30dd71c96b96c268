using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// Convolution with stride 1 by Fourier transforms, in the channel-blocked layout, for kernels that are too large for Winograd's: tiles of 16, 32 or 64 points on
/// a side overlap by the kernel (overlap-save), and at each frequency channels are multiplied as matrices (Mathieu, Henaff and LeCun 2013, "Fast Training of
/// Convolutional Networks through FFTs"). Of 16 points, 382 products make 100 results of a 7×7 kernel instead of 4900. It rounds differently from a sum of
/// products: results and gradients differ from it by up to 1e-5 of the largest.
/// </summary>
public static unsafe partial class FftConvolution
{
    /// <summary>How often the input of a set may be transformed, for as many parts of the filters.</summary>
    const int TransformsOfInputs = 4;

    /// <summary>Floats of the packed weights.</summary>
    public static long PackedSize(in ConvolutionShape shape) => FftPass.Forward(shape).PackedSize;

    /// <summary>Items of <c>Forward</c>, in all.</summary>
    public static int ForwardItems(in ConvolutionShape shape, int samples) => FftPass.Forward(shape).Items(samples);

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long ForwardScratch(in ConvolutionShape shape) => FftPass.Forward(shape).Scratch;

    /// <summary>y = x * weight + bias.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: a set of tiles and a pair of blocks of filters.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="x">The input of sample 0, channel-blocked.</param>
    /// <param name="packed">The packed weights.</param>
    /// <param name="bias">The bias; null for none.</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes: a kernel of up to 48 elements on a side, stride and dilation 1; groups, if any, of whole blocks of channels.</param>
    /// <param name="epilogue">Takes the results.</param>
    public static void Forward<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var loaded = -1;
        Run<T, TEpilogue>(worker, begin, end, x, packed, bias, scratch, FftPass.Forward(shape), ref loaded, epilogue);
    }

    /// <summary>Floats of the weights packed for the gradient by the input.</summary>
    public static long GradientPackedSize(in ConvolutionShape shape) => FftPass.Gradient(shape).PackedSize;

    /// <summary>Items of <c>InputGradient</c>, in all.</summary>
    public static int InputGradientItems(in ConvolutionShape shape, int samples) => FftPass.Gradient(shape).Items(samples);

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long InputGradientScratch(in ConvolutionShape shape) => FftPass.Gradient(shape).Scratch;

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
        Run<T, TEpilogue>(worker, begin, end, dy, packed, bias, scratch, FftPass.Gradient(shape), ref loaded, epilogue);
    }

    /// <summary>Computes items; <paramref name="loaded"/> says which set and group the scratch holds the transformed input of, from one call to the next.</summary>
    static void Run<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, in FftPass pass, ref int loaded, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
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
                TransformInputs<T>(
                    worker, pass, x + (nint)group * pass.InputBlocks * pass.Height * pass.Width * ChannelBlocks.Lanes, inputs, columns, first, count);
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

            Store<T, TEpilogue>(worker, pass, products, biases, columns, first, count, group * pass.OutputBlocks + pair * 2, blocks, epilogue);
        }
    }

    static void TransformInputs<T>(CpuWorker worker, in FftPass pass, float* x, float* inputs, float* columns, int first, int count)
        where T : struct, IMemoryLanes<T>
    {
        for (var tile = 0; tile < count; tile++)
        {
            var (sample, row, column) = pass.Place(first + tile);
            for (var block = 0; block < pass.InputBlocks; block++)
            {
                var source = x + (nint)(sample * worker.BlockStride) + (nint)block * pass.Height * pass.Width * ChannelBlocks.Lanes;
                var target = inputs + ((nint)block * pass.SetTiles + tile) * ChannelBlocks.Lanes;
                var window = FftWindow.Of(source, pass.Height, pass.Width, row - pass.PaddingHeight, column - pass.PaddingWidth, pass.Points, pass.Points);
                FftTile.Input<T>(pass.Points, window, columns, target, pass.InputPlane);
            }
        }
    }

    static void Store<T, TEpilogue>(
        CpuWorker worker, in FftPass pass, float* products, float* biases, float* columns, int first, int count, int firstBlock, int blocks, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
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
                var results = new FftResults<T, TEpilogue>(
                    target, (nint)pass.OutputWidth * ChannelBlocks.Lanes, biases + block * ChannelBlocks.Lanes, epilogue);
                FftTile.Output<T, FftResults<T, TEpilogue>>(
                    pass.Points, products + ((nint)block * pass.SetTiles + tile) * ChannelBlocks.Lanes, pass.ProductPlane, rows, width, columns, results);
            }
        }
    }
}
