using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// The convolution with one filter a channel: nothing is summed over channels, so the lanes are independent and memory bounds it. Weights are packed as
/// [channel block][kernel element][16] for both directions.
/// </summary>
static unsafe class DepthwiseConvolution
{
    /// <summary>Rows of an item.</summary>
    const int ItemRows = 8;

    /// <summary>Floats of the packed weights.</summary>
    public static long PackedSize(in ConvolutionShape shape) => (long)ChannelBlocks.Count(shape.Channels) * shape.Taps * ChannelBlocks.Lanes;

    /// <summary>Items of a sample.</summary>
    public static int Items(in ConvolutionShape shape, bool gradient) =>
        ChannelBlocks.Count(shape.Channels) * RowTiles(gradient ? shape.Height : shape.OutputHeight);

    /// <summary>Packs channel blocks; zeros behind the last channel.</summary>
    public static void Pack(int begin, int end, float* weight, float* packed, in ConvolutionShape shape)
    {
        for (var block = begin; block < end; block++)
        {
            var target = packed + (nint)block * shape.Taps * ChannelBlocks.Lanes;
            for (var tap = 0; tap < shape.Taps; tap++)
            {
                for (var lane = 0; lane < ChannelBlocks.Lanes; lane++)
                {
                    var channel = block * ChannelBlocks.Lanes + lane;
                    *target++ = channel < shape.Channels ? weight[(nint)channel * shape.Taps + tap] : 0;
                }
            }
        }
    }

    /// <summary>Forward, or the gradient by the input.</summary>
    public static void Run<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* input, float* packed, float* bias, float* scratch, in ConvolutionShape shape, bool gradient, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var height = gradient ? shape.Height : shape.OutputHeight;
        var width = gradient ? shape.Width : shape.OutputWidth;
        var inputBlock = gradient ? shape.OutputBlockSize : shape.InputBlockSize;
        var tiles = RowTiles(height);
        var items = Items(shape, gradient);
        for (var item = begin; item < end; item++)
        {
            var block = item % items / tiles;
            var first = item % tiles * ItemRows;
            var sample = (nint)(item / items * worker.BlockStride);
            var weights = packed + (nint)block * shape.Taps * ChannelBlocks.Lanes;
            for (var lane = 0; lane < ChannelBlocks.Lanes; lane++)
            {
                var channel = block * ChannelBlocks.Lanes + lane;
                scratch[lane] = bias != null && channel < shape.Channels ? bias[channel] : 0;
            }

            for (var row = first; row < Math.Min(height, first + ItemRows); row++)
            {
                var result = sample + ((nint)block * height + row) * width * ChannelBlocks.Lanes;
                for (var column = 0; column < width; column++)
                {
                    for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
                    {
                        var x = input + sample + (nint)block * inputBlock + lane;
                        var sum = T.Load(scratch + lane);
                        sum = gradient
                            ? Backward(shape, x, weights + lane, row, column, sum)
                            : Forward(shape, x, weights + lane, row, column, sum);
                        epilogue.Store(result + column * ChannelBlocks.Lanes + lane, sum);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static T Forward<T>(in ConvolutionShape shape, float* x, float* weights, int row, int column, T sum)
        where T : struct, IMemoryLanes<T>
    {
        var top = row * shape.StrideHeight - shape.PaddingHeight;
        var left = column * shape.StrideWidth - shape.PaddingWidth;
        for (var kh = 0; kh < shape.KernelHeight; kh++)
        {
            var h = top + kh * shape.DilationHeight;
            if ((uint)h >= (uint)shape.Height)
            {
                continue;
            }

            for (var kw = 0; kw < shape.KernelWidth; kw++)
            {
                var w = left + kw * shape.DilationWidth;
                if ((uint)w < (uint)shape.Width)
                {
                    sum = T.MultiplyAdd(
                        T.Load(x + ((nint)h * shape.Width + w) * ChannelBlocks.Lanes), T.Load(weights + (kh * shape.KernelWidth + kw) * ChannelBlocks.Lanes), sum);
                }
            }
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static T Backward<T>(in ConvolutionShape shape, float* dy, float* weights, int row, int column, T sum)
        where T : struct, IMemoryLanes<T>
    {
        for (var kh = 0; kh < shape.KernelHeight; kh++)
        {
            var h = row + shape.PaddingHeight - kh * shape.DilationHeight;
            if (h < 0 || h % shape.StrideHeight != 0 || h / shape.StrideHeight >= shape.OutputHeight)
            {
                continue;
            }

            for (var kw = 0; kw < shape.KernelWidth; kw++)
            {
                var w = column + shape.PaddingWidth - kw * shape.DilationWidth;
                if (w >= 0 && w % shape.StrideWidth == 0 && w / shape.StrideWidth < shape.OutputWidth)
                {
                    var y = (nint)(h / shape.StrideHeight) * shape.OutputWidth + w / shape.StrideWidth;
                    sum = T.MultiplyAdd(
                        T.Load(dy + y * ChannelBlocks.Lanes), T.Load(weights + (kh * shape.KernelWidth + kw) * ChannelBlocks.Lanes), sum);
                }
            }
        }

        return sum;
    }

    /// <summary>The gradient by the weight of channel blocks <paramref name="begin"/> … <paramref name="end"/>; [K, 1, KH, KW].</summary>
    public static void WeightGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* x, float* dweight, float* scratch, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        for (var block = begin; block < end; block++)
        {
            new Span<float>(scratch, shape.Taps * ChannelBlocks.Lanes).Clear();
            for (var sample = 0; sample < worker.Samples; sample++)
            {
                var first = (nint)(sample * worker.BlockStride);
                for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
                {
                    Correlate<T>(
                        shape, dy + first + (nint)block * shape.OutputBlockSize + lane, x + first + (nint)block * shape.InputBlockSize + lane, scratch + lane);
                }
            }

            for (var lane = 0; lane < Math.Min(ChannelBlocks.Lanes, shape.Channels - block * ChannelBlocks.Lanes); lane++)
            {
                for (var tap = 0; tap < shape.Taps; tap++)
                {
                    dweight[((nint)block * ChannelBlocks.Lanes + lane) * shape.Taps + tap] = scratch[tap * ChannelBlocks.Lanes + lane];
                }
            }
        }
    }

    /// <summary>Row by row, so that a row of dy serves all kernel elements from the first-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Correlate<T>(in ConvolutionShape shape, float* dy, float* x, float* sums)
        where T : struct, IMemoryLanes<T>
    {
        for (var row = 0; row < shape.OutputHeight; row++)
        {
            for (var kh = 0; kh < shape.KernelHeight; kh++)
            {
                var h = row * shape.StrideHeight - shape.PaddingHeight + kh * shape.DilationHeight;
                if ((uint)h >= (uint)shape.Height)
                {
                    continue;
                }

                for (var kw = 0; kw < shape.KernelWidth; kw++)
                {
                    var sum = sums + (kh * shape.KernelWidth + kw) * ChannelBlocks.Lanes;
                    var total = T.Load(sum);
                    for (var column = 0; column < shape.OutputWidth; column++)
                    {
                        var w = column * shape.StrideWidth - shape.PaddingWidth + kw * shape.DilationWidth;
                        if ((uint)w < (uint)shape.Width)
                        {
                            total = T.MultiplyAdd(
                                T.Load(dy + ((nint)row * shape.OutputWidth + column) * ChannelBlocks.Lanes),
                                T.Load(x + ((nint)h * shape.Width + w) * ChannelBlocks.Lanes),
                                total);
                        }
                    }

                    T.Store(sum, total);
                }
            }
        }
    }

    static int RowTiles(int rows) => (rows + ItemRows - 1) / ItemRows;
}
