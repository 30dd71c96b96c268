using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>
/// Packed weights lie as [phase][group][pair of output blocks][input block][kernel element][input channel][output channel of the pair]: what a tile reads is
/// one stream. Output channels behind the last one are zeros; input channels behind the last one are left out.
/// </content>
public static unsafe partial class DirectConvolution
{
    /// <summary>Packs this worker's share of the weights of a forward pass.</summary>
    public static void Pack<T>(CpuWorker worker, float* weight, float* packed, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        var items = PackItems(shape);
        while (worker.Take(items, out var begin, out var end))
        {
            Pack<T>(worker, begin, end, weight, packed, shape);
        }
    }

    /// <summary>Packs this worker's share of the weights of a gradient by the input.</summary>
    public static void PackGradient<T>(CpuWorker worker, float* weight, float* packed, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        var items = GradientPackItems(shape);
        while (worker.Take(items, out var begin, out var end))
        {
            PackGradient<T>(worker, begin, end, weight, packed, shape);
        }
    }

    static long PackedSize(in ConvolutionShape shape, bool gradient)
    {
        if (shape.IsDepthwise)
        {
            return DepthwiseConvolution.PackedSize(shape);
        }

        long size = 0;
        for (var phase = 0; phase < Phases(shape, gradient); phase++)
        {
            size += Pass(shape, gradient, phase, DirectPass.WideSegment).PackedSize;
        }

        return size;
    }

    static int PackItems(in ConvolutionShape shape, bool gradient)
    {
        if (shape.IsDepthwise)
        {
            return ChannelBlocks.Count(shape.Channels);
        }

        var pass = Pass(shape, gradient, 0, DirectPass.WideSegment);
        return Phases(shape, gradient) * pass.Groups * pass.Pairs;
    }

    static void Pack(int begin, int end, float* weight, float* packed, in ConvolutionShape shape, bool gradient)
    {
        if (shape.IsDepthwise)
        {
            DepthwiseConvolution.Pack(begin, end, weight, packed, shape);
            return;
        }

        var item = 0;
        for (var phase = 0; phase < Phases(shape, gradient) && item < end; phase++)
        {
            var pass = Pass(shape, gradient, phase, DirectPass.WideSegment);
            for (var group = 0; group < pass.Groups; group++)
            {
                for (var pair = 0; pair < pass.Pairs; pair++, item++)
                {
                    if (item >= begin && item < end)
                    {
                        var first = (long)(group * pass.OutputBlocks + pair * 2) * ChannelBlocks.Lanes;
                        PackPair(weight, packed + first * pass.Depth, shape, pass, gradient, group, pair);
                    }
                }
            }

            packed += pass.PackedSize;
        }
    }

    static void PackPair(float* weight, float* packed, in ConvolutionShape shape, in DirectPass pass, bool gradient, int group, int pair)
    {
        if (DirectPacking.Serves(shape, pass))
        {
            new DirectPacking(shape, pass, gradient, group, pair).Pack(weight, packed);
            return;
        }

        var width = Math.Min(2, pass.OutputBlocks - pair * 2) * ChannelBlocks.Lanes;
        var outputs = group * pass.OutputChannels;
        var inputs = group * ((pass.InputBlocks - 1) * ChannelBlocks.Lanes + pass.LastChannels);
        for (var block = 0; block < pass.InputBlocks; block++)
        {
            var channels = block + 1 < pass.InputBlocks ? ChannelBlocks.Lanes : pass.LastChannels;
            for (var lane = 0; lane < width; lane++)
            {
                var output = pair * 2 * ChannelBlocks.Lanes + lane;
                for (var channel = 0; channel < channels; channel++)
                {
                    var input = inputs + block * ChannelBlocks.Lanes + channel;
                    var source = output >= pass.OutputChannels ? null
                        : gradient ? Kernel(weight, shape, input, outputs + output)
                        : Kernel(weight, shape, outputs + output, input);
                    PackKernel(source, packed + channel * width + lane, channels * width, pass, shape.KernelWidth);
                }
            }

            packed += (nint)channels * pass.Taps * width;
        }
    }

    /// <summary>The kernel between a channel and a filter; null where they belong to different groups, of which a block of channels holds several.</summary>
    static float* Kernel(float* weight, in ConvolutionShape shape, int filter, int channel)
    {
        if (shape.Group > 1)
        {
            var channels = shape.Channels / shape.Group;
            if (filter / (shape.Filters / shape.Group) != channel / channels)
            {
                return null;
            }

            return weight + ((nint)filter * channels + channel % channels) * shape.Taps;
        }

        return weight + ((nint)filter * shape.Channels + channel) * shape.Taps;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void PackKernel(float* source, float* target, nint step, in DirectPass pass, int kernelWidth)
    {
        for (var r = 0; r < pass.Rows.Taps; r++)
        {
            var row = source + (pass.Rows.KernelFirst + r * pass.Rows.KernelStep) * kernelWidth + pass.Columns.KernelFirst;
            for (var c = 0; c < pass.Columns.Taps; c++)
            {
                *target = source == null ? 0 : row[c * pass.Columns.KernelStep];
                target += step;
            }
        }
    }
}
