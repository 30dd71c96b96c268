using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The gradient by the weights: sums over the pixels of all samples, in ascending order. An item is a part of the channels, whose columns it makes.</content>
public static unsafe partial class ColumnConvolution
{
    /// <summary>Filters that read a strip of columns one after the other: two tiles of fourteen.</summary>
    const int TileFilters = 28;

    /// <summary>Items of <c>WeightGradient</c>, in all.</summary>
    public static int WeightGradientItems(in ConvolutionShape shape) => new ColumnPass(shape).Parts;

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long WeightGradientScratch(in ConvolutionShape shape)
    {
        var pass = new ColumnPass(shape);
        return ((long)pass.Stride + ChannelBlocks.Count(shape.Filters) * ChannelBlocks.Lanes) * ColumnPass.GroupPixels + TileFilters * PanelTaps;
    }

    /// <summary>dweight[k, c, t] = Σ over samples and pixels of dy[k, p] x[c, p + t].</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: a part of the channels.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the result of sample 0, channel-blocked.</param>
    /// <param name="x">The input of sample 0, channel-blocked.</param>
    /// <param name="dweight">The gradient by the weights, [K, C, KH, KW].</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes; of one group.</param>
    public static void WeightGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* x, float* dweight, float* scratch, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        var pass = new ColumnPass(shape);
        var columns = scratch;
        var gradients = columns + (nint)pass.Stride * ColumnPass.GroupPixels;
        var stride = (nint)ChannelBlocks.Count(shape.Filters) * ChannelBlocks.Lanes;
        var rest = gradients + stride * ColumnPass.GroupPixels;
        for (var group = 0; group < worker.Blocks * pass.Groups; group++)
        {
            var (sample, pixel, pixels) = pass.Group(group);
            var offset = (nint)(sample * worker.BlockStride);
            FilterRows<T>(dy + offset + pixel * ChannelBlocks.Lanes, pixels, shape, gradients, stride);
            for (var part = begin; part < end; part++)
            {
                pass.PixelRows(x + offset, part, pixel, pixels, columns);
                Part<T>(gradients, stride, columns, pass, part, pixels, dweight + part * pass.Width, rest, shape, group > 0);
            }
        }
    }

    static void Part<T>(
        float* gradients, nint stride, float* columns, in ColumnPass pass, int part, int pixels, float* dweight, float* rest, in ConvolutionShape shape, bool accumulate)
        where T : struct, IMemoryLanes<T>
    {
        var (row, taps) = ((nint)shape.Channels * shape.Taps, pass.Channels(part) * shape.Taps);
        for (var filter = 0; filter < shape.Filters; filter += TileFilters)
        {
            var filters = Math.Min(TileFilters, shape.Filters - filter);
            var to = dweight + filter * row;
            var tap = 0;
            for (; tap + PanelTaps <= taps; tap += PanelTaps)
            {
                OuterTile.Multiply<T>(gradients + filter, stride, columns + tap, pass.Stride, pixels, to + tap, row, filters, accumulate);
            }

            // What is left belongs to the next part or the next filter from some tap on.
            if (tap < taps)
            {
                OuterTile.Multiply<T>(gradients + filter, stride, columns + tap, pass.Stride, pixels, rest, PanelTaps, filters, false);
                for (var f = 0; f < filters; f++)
                {
                    for (var t = tap; t < taps; t++)
                    {
                        var sum = rest[f * PanelTaps + t - tap];
                        to[f * row + t] = accumulate ? to[f * row + t] + sum : sum;
                    }
                }
            }
        }
    }

    /// <summary>rows[p][k] = dy[k, p].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void FilterRows<T>(float* dy, int pixels, in ConvolutionShape shape, float* rows, nint stride)
        where T : struct, IMemoryLanes<T>
    {
        for (var filter = 0; filter < stride; filter += ChannelBlocks.Lanes)
        {
            for (var p = 0; p < pixels; p++)
            {
                for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
                {
                    T.Store(rows + p * stride + filter + lane, T.Load(dy + p * ChannelBlocks.Lanes + lane));
                }
            }

            dy += shape.OutputBlockSize;
        }
    }
}
