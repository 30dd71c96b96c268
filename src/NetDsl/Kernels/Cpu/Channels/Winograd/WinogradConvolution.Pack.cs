using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
    public static int PackItems(in ConvolutionShape shape) => PackItems(WinogradPass.Forward(shape));

    /// <summary>Items of <c>PackGradient</c>.</summary>
    public static int GradientPackItems(in ConvolutionShape shape) => PackItems(WinogradPass.Gradient(shape));

    /// <summary>Transforms the weights [K, C / group, KH, KW].</summary>
    public static void Pack<T>(CpuWorker worker, int begin, int end, float* weight, float* packed, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T> =>
        Transform<T>(begin, end, weight, packed, WinogradPass.Forward(shape), gradient: false);

    /// <summary>Transforms the weights [K, C / group, KH, KW] for <c>InputGradient</c>: turned round, filters as channels.</summary>
    public static void PackGradient<T>(CpuWorker worker, int begin, int end, float* weight, float* packed, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T> =>
        Transform<T>(begin, end, weight, packed, WinogradPass.Gradient(shape), gradient: true);

    /// <summary>Channels whose kernels are gathered before the first is transformed: a processor waits where it loads a vector from what it has only just stored in pieces.</summary>
    const int ChannelsAtOnce = 8;

    /// <summary>Floats of packed weights, 16 MB, of which a third-level cache keeps little until they are read.</summary>
    const long ManyWeights = 4 << 20;

    static int PackItems(in TransformedPass pass) => pass.Groups * pass.Pairs;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Transform<T>(int begin, int end, float* weight, float* packed, in TransformedPass pass, bool gradient)
        where T : struct, IMemoryLanes<T>
    {
        var taps = pass.KernelHeight * pass.KernelHeight;
        var size = taps * ChannelBlocks.Lanes;
        var kernels = stackalloc float[ChannelsAtOnce * size];
        var plane = (nint)pass.PackedPlane;
        var past = pass.PackedSize > ManyWeights;
        nint outputStride = gradient ? taps : pass.Channels * taps;
        nint inputStride = gradient ? pass.Filters * taps : taps;
        for (var item = begin; item < end; item++)
        {
            var (group, pair) = int.DivRem(item, pass.Pairs);
            var width = Math.Min(2, pass.OutputBlocks - pair * 2) * ChannelBlocks.Lanes;
            var source = weight + (nint)group * pass.Filters * pass.Channels * taps;
            var target = packed + group * (nint)pass.PackedGroup + (nint)pair * 2 * ChannelBlocks.Lanes * pass.Channels;
            for (var channel = 0; channel < pass.Channels; channel += ChannelsAtOnce)
            {
                var channels = Math.Min(ChannelsAtOnce, pass.Channels - channel);
                for (var first = 0; first < width; first += ChannelBlocks.Lanes)
                {
                    var output = pair * 2 * ChannelBlocks.Lanes + first;
                    for (var c = 0; c < channels; c++)
                    {
                        Gather(
                            source + output * outputStride + (channel + c) * inputStride, outputStride, Math.Min(ChannelBlocks.Lanes, pass.Filters - output), taps, gradient, kernels + c * size);
                    }

                    for (var c = 0; c < channels; c++)
                    {
                        Places<T>(kernels + c * size, pass.KernelHeight, target + (nint)(channel + c) * width + first, plane, past);
                    }
                }
            }
        }

        T.Fence();
    }

    /// <summary>Transforms the kernels of sixteen output channels.</summary>
    /// <param name="kernels">The kernels, element by element.</param>
    /// <param name="kernelHeight">3 or 5.</param>
    /// <param name="result">Place 0.</param>
    /// <param name="plane">Floats between places.</param>
    /// <param name="past">The places are written past the caches: a line is not read to be written whole, and what is behind it in the caches stays.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Places<T>(float* kernels, int kernelHeight, float* result, nint plane, bool past)
        where T : struct, IMemoryLanes<T>
    {
        var places = stackalloc float[WinogradPass.Places * ChannelBlocks.Lanes];
        for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
        {
            var (to, distance) = past ? ((nint)places, (nint)ChannelBlocks.Lanes) : ((nint)(result + lane), plane);
            if (kernelHeight == 3)
            {
                WinogradTile.Kernel<T, Three>(kernels + lane, (float*)to, distance);
            }
            else
            {
                WinogradTile.Kernel<T, Five>(kernels + lane, (float*)to, distance);
            }

            for (var place = 0; past && place < WinogradPass.Places; place++)
            {
                T.Stream(result + place * plane + lane, T.Load(places + place * ChannelBlocks.Lanes));
            }
        }
    }

    /// <summary>The kernels of sixteen output channels, element by element; zeros for those that do not exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Gather(float* weight, nint stride, int outputs, int taps, bool turned, float* kernels)
    {
        if (outputs < ChannelBlocks.Lanes)
        {
            new Span<float>(kernels, taps * ChannelBlocks.Lanes).Clear();
        }

        // Turned round, the elements go to their places from the last to the first.
        var first = turned ? kernels + (taps - 1) * ChannelBlocks.Lanes : kernels;
        nint step = turned ? -ChannelBlocks.Lanes : ChannelBlocks.Lanes;
        var whole = outputs == ChannelBlocks.Lanes && RegisterSquare.IsSupported ? taps / RegisterSquare.Size * RegisterSquare.Size : 0;
        for (var i = 0; i < whole; i += RegisterSquare.Size)
        {
            for (var lane = 0; lane < ChannelBlocks.Lanes; lane += RegisterSquare.Size)
            {
                RegisterSquare.Columns(weight + lane * stride + i, stride, out var c0, out var c1, out var c2, out var c3, out var c4, out var c5, out var c6, out var c7);
                var target = first + i * step + lane;
                c0.Store(target);
                c1.Store(target + step);
                c2.Store(target + 2 * step);
                c3.Store(target + 3 * step);
                c4.Store(target + 4 * step);
                c5.Store(target + 5 * step);
                c6.Store(target + 6 * step);
                c7.Store(target + 7 * step);
            }
        }

        for (var lane = 0; lane < outputs; lane++)
        {
            for (var i = whole; i < taps; i++)
            {
                first[i * step + lane] = weight[lane * stride + i];
            }
        }
    }
}
