using NetDsl.Kernels;
using NetDsl.Runtime;

namespace NetDsl.Tests.Kernels;

/// <summary>What the algorithms of convolution have in common.</summary>
unsafe interface IConvolution
{
    static abstract long PackedSize(in ConvolutionShape shape, bool gradient);

    static abstract int PackItems(in ConvolutionShape shape, bool gradient);

    static abstract void Pack<T>(CpuWorker worker, int begin, int end, float* weight, float* packed, in ConvolutionShape shape, bool gradient)
        where T : struct, IMemoryLanes<T>;

    static abstract int Items(in ConvolutionShape shape, bool gradient, int samples);

    static abstract long Scratch(in ConvolutionShape shape, bool gradient);

    static abstract void Run<T>(CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, float* y, in ConvolutionShape shape, bool gradient)
        where T : struct, IMemoryLanes<T>;

    static abstract int WeightGradientItems(in ConvolutionShape shape, int workers);

    static abstract long WeightGradientScratch(in ConvolutionShape shape);

    static abstract void WeightGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* x, float* dweight, float* scratch, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>;
}
