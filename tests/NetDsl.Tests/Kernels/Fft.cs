using NetDsl.Kernels;
using NetDsl.Runtime;

namespace NetDsl.Tests.Kernels;

/// <summary>Convolution by Fourier transforms.</summary>
sealed unsafe class Fft : IConvolution
{
    public static long PackedSize(in ConvolutionShape shape, bool gradient) =>
        gradient ? FftConvolution.GradientPackedSize(shape) : FftConvolution.PackedSize(shape);

    public static int PackItems(in ConvolutionShape shape, bool gradient) =>
        gradient ? FftConvolution.GradientPackItems(shape) : FftConvolution.PackItems(shape);

    public static void Pack<T>(CpuWorker worker, int begin, int end, float* weight, float* packed, in ConvolutionShape shape, bool gradient)
        where T : struct, IMemoryLanes<T>
    {
        if (gradient)
        {
            FftConvolution.PackGradient<T>(worker, begin, end, weight, packed, shape);
        }
        else
        {
            FftConvolution.Pack<T>(worker, begin, end, weight, packed, shape);
        }
    }

    public static int Items(in ConvolutionShape shape, bool gradient, int samples) =>
        gradient ? FftConvolution.InputGradientItems(shape, samples) : FftConvolution.ForwardItems(shape, samples);

    public static long Scratch(in ConvolutionShape shape, bool gradient) =>
        gradient ? FftConvolution.InputGradientScratch(shape) : FftConvolution.ForwardScratch(shape);

    public static void Run<T>(CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, float* y, in ConvolutionShape shape, bool gradient)
        where T : struct, IMemoryLanes<T>
    {
        if (gradient)
        {
            FftConvolution.InputGradient<T, StoreEpilogue<T>>(worker, begin, end, x, packed, bias, scratch, shape, new(y));
        }
        else
        {
            FftConvolution.Forward<T, StoreEpilogue<T>>(worker, begin, end, x, packed, bias, scratch, shape, new(y));
        }
    }

    public static int WeightGradientItems(in ConvolutionShape shape, int workers) => FftConvolution.WeightGradientItems(shape);

    public static long WeightGradientScratch(in ConvolutionShape shape) => FftConvolution.WeightGradientScratch(shape);

    public static void WeightGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* x, float* dweight, float* scratch, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T> =>
        FftConvolution.WeightGradient<T>(worker, begin, end, dy, x, dweight, scratch, shape);
}
