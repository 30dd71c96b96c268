using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The weights, transformed once: [place][pair of output blocks][input channel][output channel of the pair], output channels behind the last zeros.</content>
public static unsafe partial class WinogradConvolution
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
    public static int PackItems(in ConvolutionShape shape) => WinogradPass.Forward(shape).Pairs;

    /// <summary>Items of <c>PackGradient</c>.</summary>
    public static int GradientPackItems(in ConvolutionShape shape) => WinogradPass.Gradient(shape).Pairs;

    /// <summary>Transforms the weights [K, C, 3, 3].</summary>
    public static void Pack<T>(CpuWorker worker, int begin, int end, float* weight, float* packed, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T> =>
        Transform<T>(begin, end, weight, packed, WinogradPass.Forward(shape), (nint)shape.Channels * 9, 9, turned: false);

    /// <summary>Transforms the weights [K, C, 3, 3] for <c>InputGradient</c>: turned round, filters as channels.</summary>
    public static void PackGradient<T>(CpuWorker worker, int begin, int end, float* weight, float* packed, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T> =>
        Transform<T>(begin, end, weight, packed, WinogradPass.Gradient(shape), 9, (nint)shape.Channels * 9, turned: true);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Transform<T>(int begin, int end, float* weight, float* packed, in WinogradPass pass, nint outputStride, nint inputStride, bool turned)
        where T : struct, IMemoryLanes<T>
    {
        var kernels = stackalloc float[9 * ChannelBlocks.Lanes];
        var rows = stackalloc float[18 * ChannelBlocks.Lanes];
        var plane = (nint)pass.PackedPlane;
        for (var pair = begin; pair < end; pair++)
        {
            var width = Math.Min(2, pass.OutputBlocks - pair * 2) * ChannelBlocks.Lanes;
            var target = packed + (nint)pair * 2 * ChannelBlocks.Lanes * pass.Channels;
            for (var channel = 0; channel < pass.Channels; channel++)
            {
                for (var first = 0; first < width; first += ChannelBlocks.Lanes)
                {
                    var output = pair * 2 * ChannelBlocks.Lanes + first;
                    Gather(weight + output * outputStride + channel * inputStride, outputStride, Math.Min(ChannelBlocks.Lanes, pass.Filters - output), turned, kernels);
                    for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
                    {
                        for (var c = 0; c < 3; c++)
                        {
                            var k = kernels + c * ChannelBlocks.Lanes + lane;
                            WinogradTransform.Kernel(T.Load(k), T.Load(k + 3 * ChannelBlocks.Lanes), T.Load(k + 6 * ChannelBlocks.Lanes), rows + c * T.Count, 3 * T.Count);
                        }

                        for (var r = 0; r < 6; r++)
                        {
                            var k = rows + r * 3 * T.Count;
                            WinogradTransform.Kernel(
                                T.Load(k), T.Load(k + T.Count), T.Load(k + 2 * T.Count), target + r * 6 * plane + (nint)channel * width + first + lane, plane);
                        }
                    }
                }
            }
        }
    }

    /// <summary>The kernels of sixteen output channels, element by element; zeros for those that do not exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Gather(float* weight, nint stride, int outputs, bool turned, float* kernels)
    {
        if (outputs < ChannelBlocks.Lanes)
        {
            new Span<float>(kernels, 9 * ChannelBlocks.Lanes).Clear();
        }

        // Turned round, the elements go to their places from the last to the first.
        var first = turned ? kernels + 8 * ChannelBlocks.Lanes : kernels;
        nint step = turned ? -ChannelBlocks.Lanes : ChannelBlocks.Lanes;
        for (var lane = 0; lane < outputs; lane++)
        {
            var target = first + lane;
            for (var i = 0; i < 9; i++)
            {
                *target = weight[i];
                target += step;
            }

            weight += stride;
        }
    }
}
