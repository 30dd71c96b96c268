using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// The convolution as a product of the weights, as they are, with the columns of the image (im2col; Chellapilla, Puri and Simard 2006). It is for layers with many
/// weights and few pixels, as a fully convolutional head has: to bring the weights into another order, as the other algorithms do, takes longer there than the
/// products. Columns are made of one part of the channels at a time and stay in the second-level cache. Sums run over the parts in ascending order.
/// </summary>
public static unsafe partial class ColumnConvolution
{
    /// <summary>Filters of an item of <c>Forward</c>: whole blocks and whole tiles.</summary>
    const int StripFilters = 48;

    /// <summary>Items of <c>Forward</c>, in all.</summary>
    public static int ForwardItems(in ConvolutionShape shape) => (shape.Filters + StripFilters - 1) / StripFilters;

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long ForwardScratch(in ConvolutionShape shape)
    {
        var pass = new ColumnPass(shape);
        return ((long)pass.Stride + ForwardItems(shape) * StripFilters) * ColumnPass.GroupPixels + ChannelBlocks.Lanes;
    }

    /// <summary>y[k, p] = Σ over channels and taps of weight[k, c, t] x[c, p + t], + bias[k].</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: 48 filters.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="x">The input of sample 0, channel-blocked.</param>
    /// <param name="weight">The weights, [K, C, KH, KW].</param>
    /// <param name="bias">The bias; null for none.</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes; of one group.</param>
    /// <param name="epilogue">Takes vectors of neighbouring filters, up to a multiple of 16; those behind the last filter are 0.</param>
    public static void Forward<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* x, float* weight, float* bias, float* scratch, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var pass = new ColumnPass(shape);
        var first = begin * StripFilters;
        var filters = Math.Min(end * StripFilters, shape.Filters) - first;
        var columns = scratch;
        var sums = columns + (nint)pass.Stride * ColumnPass.GroupPixels;
        var vector = sums + (nint)ForwardItems(shape) * StripFilters * ColumnPass.GroupPixels;
        var row = (nint)shape.Channels * shape.Taps;
        for (var group = 0; group < worker.Blocks * pass.Groups; group++)
        {
            var (sample, pixel, pixels) = pass.Group(group);
            var offset = (nint)(sample * worker.BlockStride);
            for (var part = 0; part < pass.Parts; part++)
            {
                var depth = pass.TapRows(x + offset, part, pixel, pixels, columns);
                for (var filter = 0; filter < filters; filter += StripFilters)
                {
                    RowTile.Multiply<T>(
                        weight + (first + filter) * row + part * pass.Width, row, columns, ColumnPass.GroupPixels, depth,
                        sums + (nint)filter * ColumnPass.GroupPixels, ColumnPass.GroupPixels, Math.Min(StripFilters, filters - filter), pixels, part > 0);
                }
            }

            for (var filter = 0; filter < filters; filter += ChannelBlocks.Lanes)
            {
                var count = Math.Min(ChannelBlocks.Lanes, filters - filter);
                var to = offset + (nint)(first + filter) / ChannelBlocks.Lanes * shape.OutputBlockSize + pixel * ChannelBlocks.Lanes;
                for (var p = 0; p < pixels; p++)
                {
                    for (var lane = 0; lane < ChannelBlocks.Lanes; lane++)
                    {
                        vector[lane] = lane < count ? sums[(nint)(filter + lane) * ColumnPass.GroupPixels + p] + (bias == null ? 0 : bias[first + filter + lane]) : 0;
                    }

                    for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
                    {
                        epilogue.Store(to + p * ChannelBlocks.Lanes + lane, T.Load(vector + lane));
                    }
                }
            }
        }
    }
}
