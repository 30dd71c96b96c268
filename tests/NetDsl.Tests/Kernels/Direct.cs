using NetDsl.Kernels;
using NetDsl.Runtime;

namespace NetDsl.Tests.Kernels;

/// <summary>Direct convolution.</summary>
sealed unsafe class Direct : IConvolution
{
    public static long PackedSize(in ConvolutionShape shape, bool gradient) =>
        gradient ? DirectConvolution.GradientPackedSize(shape) : DirectConvolution.PackedSize(shape);

    public static int PackItems(in ConvolutionShape shape, bool gradient) =>
        gradient ? DirectConvolution.GradientPackItems(shape) : DirectConvolution.PackItems(shape);

    public static void Pack<T>(CpuWorker worker, int begin, int end, float* weight, float* packed, in ConvolutionShape shape, bool gradient)
        where T : struct, IMemoryLanes<T>
    {
        if (gradient)
        {
            DirectConvolution.PackGradient<T>(worker, begin, end, weight, packed, shape);
        }
        else
        {
            DirectConvolution.Pack<T>(worker, begin, end, weight, packed, shape);
        }
    }

    public static int Items(in ConvolutionShape shape, bool gradient, int samples) =>
        samples * (gradient ? DirectConvolution.InputGradientItems(shape) : DirectConvolution.ForwardItems(shape));

    public static long Scratch(in ConvolutionShape shape, bool gradient) =>
        gradient ? DirectConvolution.InputGradientScratch(shape) : DirectConvolution.ForwardScratch(shape);

    public static void Run<T>(CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, float* y, in ConvolutionShape shape, bool gradient)
        where T : struct, IMemoryLanes<T>
    {
        if (gradient)
        {
            DirectConvolution.InputGradient<T, StoreEpilogue<T>>(worker, begin, end, x, packed, bias, scratch, shape, new(y));
        }
        else
        {
            DirectConvolution.Forward<T, StoreEpilogue<T>>(worker, begin, end, x, packed, bias, scratch, shape, new(y));
        }
    }

    public static int WeightGradientItems(in ConvolutionShape shape, int workers) => DirectConvolution.WeightGradientItems(shape, workers);

    public static long WeightGradientScratch(in ConvolutionShape shape) => DirectConvolution.WeightGradientScratch(shape);

    public static void WeightGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* x, float* dweight, float* scratch, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T> =>
        DirectConvolution.WeightGradient<T>(worker, begin, end, dy, x, dweight, scratch, shape);
}
