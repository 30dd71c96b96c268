using NetDsl.Kernels;
using NetDsl.Runtime;

namespace NetDsl.Tests.Kernels;

/// <summary>Convolution by F(4×4, 3×3) or F(2×2, 5×5).</summary>
sealed unsafe class Winograd : IConvolution
{
    public static long PackedSize(in ConvolutionShape shape, bool gradient) =>
        gradient ? WinogradConvolution.GradientPackedSize(shape) : WinogradConvolution.PackedSize(shape);

    public static int PackItems(in ConvolutionShape shape, bool gradient) =>
        gradient ? WinogradConvolution.GradientPackItems(shape) : WinogradConvolution.PackItems(shape);

    public static void Pack<T>(CpuWorker worker, int begin, int end, float* weight, float* packed, in ConvolutionShape shape, bool gradient)
        where T : struct, IMemoryLanes<T>
    {
        if (gradient)
        {
            WinogradConvolution.PackGradient<T>(worker, begin, end, weight, packed, shape);
        }
        else
        {
            WinogradConvolution.Pack<T>(worker, begin, end, weight, packed, shape);
        }
    }

    public static int Items(in ConvolutionShape shape, bool gradient, int samples) =>
        gradient ? WinogradConvolution.InputGradientItems(shape, samples) : WinogradConvolution.ForwardItems(shape, samples);

    public static long Scratch(in ConvolutionShape shape, bool gradient) =>
        gradient ? WinogradConvolution.InputGradientScratch(shape) : WinogradConvolution.ForwardScratch(shape);

    public static void Run<T>(CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, float* y, in ConvolutionShape shape, bool gradient)
        where T : struct, IMemoryLanes<T>
    {
        if (gradient)
        {
            WinogradConvolution.InputGradient<T, StoreEpilogue<T>>(worker, begin, end, x, packed, bias, scratch, shape, new(y));
        }
        else
        {
            WinogradConvolution.Forward<T, StoreEpilogue<T>>(worker, begin, end, x, packed, bias, scratch, shape, new(y));
        }
    }

    public static int WeightGradientItems(in ConvolutionShape shape, int workers) => WinogradConvolution.WeightGradientItems(shape);

    public static long WeightGradientScratch(in ConvolutionShape shape) => WinogradConvolution.WeightGradientScratch(shape);

    public static void WeightGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* x, float* dweight, float* scratch, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T> =>
        WinogradConvolution.WeightGradient<T>(worker, begin, end, dy, x, dweight, scratch, shape);
}
