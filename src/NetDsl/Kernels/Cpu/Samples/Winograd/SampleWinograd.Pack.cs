using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The weights, transformed once for forward pass and gradient: [place][filter][channel].</content>
public static unsafe partial class SampleWinograd
{
    /// <summary>Floats of the packed weights.</summary>
    public static long PackedSize(in ConvolutionShape shape) => new SampleWinogradPass(shape, gradient: false).PackedSize;

    /// <summary>Items of <c>Pack</c>: sixteen kernels each.</summary>
    public static int PackItems(in ConvolutionShape shape) => (shape.Filters * shape.Channels + Lanes - 1) / Lanes;

    /// <summary>Packs this worker's share of the weights.</summary>
    public static void Pack<T>(CpuWorker worker, float* weight, float* packed, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        var items = PackItems(shape);
        while (worker.Take(items, out var begin, out var end))
        {
            Pack<T>(begin, end, weight, packed, shape);
        }
    }

    /// <summary>Transforms the weights [K, C, KH, KW].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<T>(int begin, int end, float* weight, float* packed, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        var taps = shape.Taps;
        var kernels = stackalloc float[taps * Lanes];
        var plane = (nint)new SampleWinogradPass(shape, gradient: false).PackedPlane;
        for (var item = begin; item < end; item++)
        {
            var first = item * Lanes;
            WinogradConvolution.Gather(weight + (nint)first * taps, taps, Math.Min(Lanes, shape.Filters * shape.Channels - first), taps, turned: false, kernels);
            for (var lane = 0; lane < Lanes; lane += T.Count)
            {
                if (shape.KernelHeight == 3)
                {
                    WinogradTile.Kernel<T, Three>(kernels + lane, packed + first + lane, plane);
                }
                else
                {
                    WinogradTile.Kernel<T, Five>(kernels + lane, packed + first + lane, plane);
                }
            }
        }
    }
}
