using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>
/// The gradient by the input: an item is a part of the channels, so that whatever its columns add to the image is the item's own. The weights of a part are
/// copied into panels of 32, some filters at a time.
/// </content>
public static unsafe partial class ColumnConvolution
{
    /// <summary>Filters whose panels lie in the second-level cache.</summary>
    const int PanelFilters = 64;

    /// <summary>Taps of a panel.</summary>
    const int PanelTaps = 32;

    /// <summary>Items of <c>InputGradient</c>, in all.</summary>
    public static int InputGradientItems(in ConvolutionShape shape) => new ColumnPass(shape).Parts;

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long InputGradientScratch(in ConvolutionShape shape)
    {
        var pass = new ColumnPass(shape);
        return (long)pass.Stride * (PanelFilters + ColumnPass.GroupPixels)
            + (long)shape.Filters * pass.Groups * ColumnPass.GroupPixels
            + (long)pass.PartBlocks * shape.InputBlockSize;
    }

    /// <summary>dx[c, p + t] = Σ over filters and pixels of weight[k, c, t] dy[k, p].</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: a part of the channels.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the result of sample 0, channel-blocked.</param>
    /// <param name="weight">The weights, [K, C, KH, KW].</param>
    /// <param name="bias">Bias of a transposed convolution, one for each of <c>Channels</c>; null for none.</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes; of one group.</param>
    /// <param name="epilogue">Takes vectors of neighbouring channels, up to a multiple of 16; those behind the last channel are 0.</param>
    public static void InputGradient<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* dy, float* weight, float* bias, float* scratch, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var pass = new ColumnPass(shape);
        var panels = scratch;
        var rows = panels + (nint)pass.Stride * PanelFilters;
        var turned = rows + (nint)pass.Stride * ColumnPass.GroupPixels;
        var pixelStride = (nint)pass.Groups * ColumnPass.GroupPixels;
        var dx = turned + shape.Filters * pixelStride;
        for (var sample = 0; sample < worker.Blocks; sample++)
        {
            var offset = (nint)(sample * worker.BlockStride);
            Turn(dy + offset, turned, pixelStride, shape);
            for (var part = begin; part < end; part++)
            {
                new Span<float>(dx, pass.PartBlocks * shape.InputBlockSize).Clear();
                for (var group = 0; group < pass.Groups; group++)
                {
                    var (_, pixel, pixels) = pass.Group(group);
                    var (channels, taps) = ((nint)shape.Channels * shape.Taps, pass.Channels(part) * shape.Taps);
                    for (var filter = 0; filter < shape.Filters; filter += PanelFilters)
                    {
                        var count = Math.Min(PanelFilters, shape.Filters - filter);
                        var from = weight + filter * channels + part * pass.Width;
                        Panels(from, channels, count, taps, panels);
                        var more = filter + 2 * PanelFilters <= shape.Filters;
                        for (var panel = 0; panel < taps; panel += PanelTaps)
                        {
                            OuterTile.Multiply<T>(
                                turned + filter * pixelStride + pixel, pixelStride, panels + (nint)panel * PanelFilters, PanelTaps, count,
                                rows + panel, pass.Stride, pixels, filter > 0, more ? LinesAhead.Pairs(from + PanelFilters * channels + panel, channels, PanelFilters) : default);
                        }
                    }

                    pass.Scatter(rows, part, pixel, pixels, dx);
                }

                Store<T, TEpilogue>(dx, bias, pass, part, offset, shape, epilogue);
            }
        }
    }

    static void Store<T, TEpilogue>(float* dx, float* bias, in ColumnPass pass, int part, nint offset, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var block = part * pass.PartBlocks;
        for (var channel = 0; channel < pass.Channels(part); channel += ChannelBlocks.Lanes)
        {
            for (var i = 0; i < shape.InputBlockSize; i += ChannelBlocks.Lanes)
            {
                for (var lane = 0; bias != null && lane < Math.Min(ChannelBlocks.Lanes, pass.Channels(part) - channel); lane++)
                {
                    dx[i + lane] += bias[block * ChannelBlocks.Lanes + lane];
                }

                for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
                {
                    epilogue.Store(offset + (nint)block * shape.InputBlockSize + i + lane, T.Load(dx + i + lane));
                }
            }

            dx += shape.InputBlockSize;
            block++;
        }
    }

    /// <summary>turned[k][p] = dy[k, p].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Turn(float* dy, float* turned, nint stride, in ConvolutionShape shape)
    {
        for (var filter = 0; filter < shape.Filters; filter += ChannelBlocks.Lanes)
        {
            var lanes = Math.Min(ChannelBlocks.Lanes, shape.Filters - filter);
            for (var p = 0; p < shape.OutputHeight * shape.OutputWidth; p++)
            {
                for (var lane = 0; lane < lanes; lane++)
                {
                    turned[(filter + lane) * stride + p] = dy[lane];
                }

                dy += ChannelBlocks.Lanes;
            }
        }
    }

    /// <summary>panels[t / 32][k][t % 32] = weight[k, t], with zeros behind the last tap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Panels(float* weight, nint stride, int filters, int taps, float* panels)
    {
        for (var filter = 0; filter < filters; filter++)
        {
            var to = panels + filter * PanelTaps;
            for (var tap = 0; tap < taps; tap += PanelTaps)
            {
                var count = Math.Min(PanelTaps, taps - tap);
                new ReadOnlySpan<float>(weight + tap, count).CopyTo(new Span<float>(to, PanelTaps));
                new Span<float>(to + count, PanelTaps - count).Clear();
                to += PanelFilters * PanelTaps;
            }

            weight += stride;
        }
    }
}
