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

    /// <summary>Groups of pixels whose columns are held at once, at most, so that the update can take sums over all of them.</summary>
    const int HeldGroups = 8;

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long WeightGradientScratch(in ConvolutionShape shape)
    {
        var pass = new ColumnPass(shape);
        return Math.Min(pass.Groups, HeldGroups) * GroupScratch(shape) + TileFilters * (PanelTaps + (long)pass.Stride);
    }

    /// <summary>Columns of a part, and rows of filters, of one group of pixels.</summary>
    static long GroupScratch(in ConvolutionShape shape) => ((long)new ColumnPass(shape).Stride + FilterStride(shape)) * ColumnPass.GroupPixels;

    static int FilterStride(in ConvolutionShape shape) => ChannelBlocks.Count(shape.Filters) * ChannelBlocks.Lanes;

    /// <summary>dweight[k, c, t] = Σ over samples and pixels of dy[k, p] x[c, p + t]. Where the update takes gradients as they are computed, it takes those of few samples before they are written there.</summary>
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
        var stride = FilterStride(shape);
        var rest = scratch;
        var piece = rest + TileFilters * PanelTaps;
        var filters = piece + TileFilters * (nint)pass.Stride;
        var groups = worker.Blocks * pass.Groups;
        if (worker.FactoredUpdate is { } update && groups <= Math.Min(pass.Groups, HeldGroups))
        {
            var columns = filters + (nint)groups * stride * ColumnPass.GroupPixels;
            for (var group = 0; group < groups; group++)
            {
                FilterRows<T>(worker, dy, pass, group, shape, filters + (nint)group * stride * ColumnPass.GroupPixels, stride);
            }

            for (var part = begin; part < end; part++)
            {
                Take<T>(worker, update, x, dweight, pass, part, groups, filters, columns, piece, rest, shape);
            }

            return;
        }

        for (var group = 0; group < groups; group++)
        {
            var (sample, pixel, pixels) = pass.Group(group);
            var columns = filters + (nint)stride * ColumnPass.GroupPixels;
            FilterRows<T>(worker, dy, pass, group, shape, filters, stride);
            for (var part = begin; part < end; part++)
            {
                pass.PixelRows(x + (nint)(sample * worker.BlockStride), part, pixel, pixels, columns);
                var (row, taps) = ((nint)shape.Channels * shape.Taps, pass.Channels(part) * shape.Taps);
                for (var filter = 0; filter < shape.Filters; filter += TileFilters)
                {
                    var to = dweight + filter * row + part * pass.Width;
                    Tile<T>(filters + filter, stride, columns, pass.Stride, pixels, to, row, taps, rest, Math.Min(TileFilters, shape.Filters - filter), group > 0);
                }
            }
        }

        TakeStored(worker, begin, end, dweight, pass, shape);
    }

    /// <summary>A part of the channels, tile after tile of filters: the columns of all groups are there, and no sum leaves the caches.</summary>
    static void Take<T>(
        CpuWorker worker, FactoredUpdate update, float* x, float* dweight, in ColumnPass pass, int part, int groups, float* filters, float* columns, float* piece, float* rest, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        var (row, taps, stride) = ((nint)shape.Channels * shape.Taps, pass.Channels(part) * shape.Taps, FilterStride(shape));
        for (var group = 0; group < groups; group++)
        {
            var (sample, pixel, pixels) = pass.Group(group);
            pass.PixelRows(x + (nint)(sample * worker.BlockStride), part, pixel, pixels, columns + (nint)group * pass.Stride * ColumnPass.GroupPixels);
        }

        for (var filter = 0; filter < shape.Filters; filter += TileFilters)
        {
            var count = Math.Min(TileFilters, shape.Filters - filter);
            for (var group = 0; group < groups; group++)
            {
                Tile<T>(
                    filters + (nint)group * stride * ColumnPass.GroupPixels + filter, stride, columns + (nint)group * pass.Stride * ColumnPass.GroupPixels, pass.Stride,
                    pass.Group(group).Count, piece, pass.Stride, taps, rest, count, group > 0, group == 0 ? update : null, dweight + filter * row + part * pass.Width, row);
            }

            for (var f = 0; f < count; f++)
            {
                update.Take(dweight + (filter + f) * row + part * pass.Width, piece + (nint)f * pass.Stride, taps);
            }
        }
    }

    /// <summary>Sums over more groups than can be held have been stored.</summary>
    static void TakeStored(CpuWorker worker, int begin, int end, float* dweight, in ColumnPass pass, in ConvolutionShape shape)
    {
        if (worker.FactoredUpdate is not { } update)
        {
            return;
        }

        var row = (nint)shape.Channels * shape.Taps;
        for (var part = begin; part < end; part++)
        {
            for (var filter = 0; filter < shape.Filters; filter++)
            {
                update.TakeStored(dweight + filter * row + part * pass.Width, pass.Channels(part) * shape.Taps);
            }
        }
    }

    /// <summary>Some filters, up to 28, by the taps of a part, summed over the pixels of a group.</summary>
    static void Tile<T>(float* gradients, nint stride, float* columns, nint columnStride, int pixels, float* to, nint row, int taps, float* rest, int filters, bool accumulate, FactoredUpdate? ahead = null, float* place = null, nint placeRow = 0)
        where T : struct, IMemoryLanes<T>
    {
        var tap = 0;
        for (; tap + PanelTaps <= taps; tap += PanelTaps)
        {
            if (ahead is null)
            {
                OuterTile.Multiply<T>(gradients, stride, columns + tap, columnStride, pixels, to + tap, row, filters, accumulate);
            }
            else
            {
                OuterTile.Multiply<T>(gradients, stride, columns + tap, columnStride, pixels, to + tap, row, filters, accumulate, ahead.Ahead(place + tap, placeRow, filters));
            }
        }

        // What is left belongs to the next part or the next filter from some tap on.
        if (tap < taps)
        {
            OuterTile.Multiply<T>(gradients, stride, columns + tap, columnStride, pixels, rest, PanelTaps, filters, false);
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

    /// <summary>rows[p][k] = dy[k, p], for the pixels of a group.</summary>
    static void FilterRows<T>(CpuWorker worker, float* dy, in ColumnPass pass, int group, in ConvolutionShape shape, float* rows, nint stride)
        where T : struct, IMemoryLanes<T>
    {
        var (sample, pixel, pixels) = pass.Group(group);
        FilterRows<T>(dy + (nint)(sample * worker.BlockStride) + pixel * ChannelBlocks.Lanes, pixels, shape, rows, stride);
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
