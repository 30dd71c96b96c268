using NetDsl.Kernels;
using NetDsl.Runtime;

namespace NetDsl.Tests.Kernels;

/// <summary>Convolution by columns, which takes the weights as they are.</summary>
sealed unsafe class Columns : IConvolution
{
    public static long PackedSize(in ConvolutionShape shape, bool gradient) => (long)shape.Filters * shape.Channels * shape.KernelHeight * shape.KernelWidth;

    public static int PackItems(in ConvolutionShape shape, bool gradient) => shape.Filters;

    public static void Pack<T>(CpuWorker worker, int begin, int end, float* weight, float* packed, in ConvolutionShape shape, bool gradient)
        where T : struct, IMemoryLanes<T>
    {
        var filter = shape.Channels * shape.KernelHeight * shape.KernelWidth;
        new Span<float>(weight + begin * filter, (end - begin) * filter).CopyTo(new Span<float>(packed + begin * filter, (end - begin) * filter));
    }

    public static int Items(in ConvolutionShape shape, bool gradient, int samples) =>
        gradient ? ColumnConvolution.InputGradientItems(shape) : ColumnConvolution.ForwardItems(shape);

    public static long Scratch(in ConvolutionShape shape, bool gradient) =>
        gradient ? ColumnConvolution.InputGradientScratch(shape) : ColumnConvolution.ForwardScratch(shape);

    public static void Run<T>(CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, float* y, in ConvolutionShape shape, bool gradient)
        where T : struct, IMemoryLanes<T>
    {
        if (gradient)
        {
            ColumnConvolution.InputGradient<T, StoreEpilogue<T>>(worker, begin, end, x, packed, bias, scratch, shape, new(y));
        }
        else
        {
            ColumnConvolution.Forward<T, StoreEpilogue<T>>(worker, begin, end, x, packed, bias, scratch, shape, new(y));
        }
    }

    public static int WeightGradientItems(in ConvolutionShape shape, int workers) => ColumnConvolution.WeightGradientItems(shape);

    public static long WeightGradientScratch(in ConvolutionShape shape) => ColumnConvolution.WeightGradientScratch(shape);

    public static void WeightGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* x, float* dweight, float* scratch, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T> =>
        ColumnConvolution.WeightGradient<T>(worker, begin, end, dy, x, dweight, scratch, shape);
}
