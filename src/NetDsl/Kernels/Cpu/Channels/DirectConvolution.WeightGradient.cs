using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The gradient by the weight.</content>
public static unsafe partial class DirectConvolution
{
    /// <summary>Items of <c>WeightGradient</c>, in all, for so many workers.</summary>
    public static int WeightGradientItems(in ConvolutionShape shape, int workers) =>
        shape.IsDepthwise ? ChannelBlocks.Count(shape.Channels) : new WeightPass(shape, workers).Items;

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long WeightGradientScratch(in ConvolutionShape shape) =>
        (Math.Max(WeightPass.ScratchOf(shape), shape.Taps * ChannelBlocks.Lanes) + 15) / 16 * 16;

    /// <summary>dweight[k, c, kh, kw] = Σ over samples and pixels of dy x, in a fixed order.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the result of sample 0, channel-blocked.</param>
    /// <param name="x">The input of sample 0, channel-blocked.</param>
    /// <param name="dweight">The gradient by the weight, [K, C / group, KH, KW].</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes.</param>
    public static void WeightGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* x, float* dweight, float* scratch, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        if (shape.IsDepthwise)
        {
            DepthwiseConvolution.WeightGradient<T>(worker, begin, end, dy, x, dweight, scratch, shape);
            return;
        }

        var pass = new WeightPass(shape, worker.Count);
        for (var item = begin; item < end; item++)
        {
            new WeightItem(pass, item, scratch).Compute<T>(worker, dy, x, dweight, shape);
        }
    }
}
