using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The weights, transformed once: [place][pair of output blocks][input channel][output channel of the pair], output channels behind the last zeros.</content>
public static unsafe partial class FftConvolution
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

    /// <summary>Items of the packing.</summary>
    public static int PackItems(in ConvolutionShape shape) => PackItems(FftPass.Forward(shape));

    /// <summary>Items of <c>PackGradient</c>.</summary>
    public static int GradientPackItems(in ConvolutionShape shape) => PackItems(FftPass.Gradient(shape));

    /// <summary>Transforms the weights [K, C / group, KH, KW].</summary>
    public static void Pack<T>(CpuWorker worker, int begin, int end, float* weight, float* packed, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T> =>
        Pack<T>(begin, end, weight, packed, FftPass.Forward(shape), gradient: false);

    /// <summary>Transforms the weights [K, C / group, KH, KW] for <c>InputGradient</c>: turned round, filters as channels.</summary>
    public static void PackGradient<T>(CpuWorker worker, int begin, int end, float* weight, float* packed, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T> =>
        Pack<T>(begin, end, weight, packed, FftPass.Gradient(shape), gradient: true);

    /// <summary>An item is a pair of output blocks and an input channel.</summary>
    static int PackItems(in TransformedPass pass) => pass.Groups * pass.Pairs * pass.Channels;

    static void Pack<T>(int begin, int end, float* weight, float* packed, in TransformedPass pass, bool gradient)
        where T : struct, IMemoryLanes<T>
    {
        var taps = pass.KernelHeight * pass.KernelWidth;
        var kernels = stackalloc float[taps * ChannelBlocks.Lanes];
        var columns = stackalloc float[FftTile.Scratch(pass.Points)];
        nint outputStride = gradient ? taps : pass.Channels * taps;
        nint inputStride = gradient ? pass.Filters * taps : taps;
        for (var item = begin; item < end; item++)
        {
            var (turn, channel) = int.DivRem(item, pass.Channels);
            var (group, pair) = int.DivRem(turn, pass.Pairs);
            var width = Math.Min(2, pass.OutputBlocks - pair * 2) * ChannelBlocks.Lanes;
            var source = weight + (nint)group * pass.Filters * pass.Channels * taps + channel * inputStride;
            var target = packed + group * (nint)pass.PackedGroup + (nint)pair * 2 * ChannelBlocks.Lanes * pass.Channels + (nint)channel * width;
            for (var first = 0; first < width; first += ChannelBlocks.Lanes)
            {
                var output = pair * 2 * ChannelBlocks.Lanes + first;
                Gather(source + output * outputStride, outputStride, Math.Min(ChannelBlocks.Lanes, pass.Filters - output), taps, gradient, kernels);
                var window = FftWindow.Of(kernels, pass.KernelHeight, pass.KernelWidth, 0, 0, pass.Points, pass.Points);
                FftTile.Kernel<T>(pass.Points, window, columns, target + first, (nint)pass.PackedPlane);
            }
        }
    }

    /// <summary>The kernels of sixteen output channels, element by element; zeros for those that do not exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Gather(float* weight, nint stride, int outputs, int taps, bool turned, float* kernels)
    {
        if (outputs < ChannelBlocks.Lanes)
        {
            new Span<float>(kernels, taps * ChannelBlocks.Lanes).Clear();
        }

        // Turned round, the elements go to their places from the last to the first.
        var first = turned ? kernels + (taps - 1) * ChannelBlocks.Lanes : kernels;
        nint step = turned ? -ChannelBlocks.Lanes : ChannelBlocks.Lanes;
        for (var lane = 0; lane < outputs; lane++)
        {
            var target = first + lane;
            for (var i = 0; i < taps; i++)
            {
                *target = weight[i];
                target += step;
            }

            weight += stride;
        }
    }
}
