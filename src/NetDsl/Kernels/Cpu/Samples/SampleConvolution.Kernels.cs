using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The kernels as a schedule calls them: a worker takes items until none are left, and goes on when all are done.</content>
public static unsafe partial class SampleConvolution
{
    /// <summary>y = x * weight + bias, over the batch.</summary>
    /// <inheritdoc cref="Forward{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,in ConvolutionShape,TEpilogue)"/>
    public static void Forward<T, TEpilogue>(CpuWorker worker, float* x, float* weight, float* bias, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var items = ForwardItems<T>(worker, shape);
        while (worker.Take(items, out var begin, out var end))
        {
            Forward<T, TEpilogue>(worker, begin, end, x, weight, bias, shape, epilogue);
        }

        worker.Complete();
    }

    /// <summary>The gradient by the input, over the batch.</summary>
    /// <inheritdoc cref="InputGradient{T,TEpilogue}(CpuWorker,int,int,float*,float*,in ConvolutionShape,TEpilogue)"/>
    public static void InputGradient<T, TEpilogue>(CpuWorker worker, float* dy, float* weight, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var items = InputGradientItems<T>(worker, shape);
        while (worker.Take(items, out var begin, out var end))
        {
            InputGradient<T, TEpilogue>(worker, begin, end, dy, weight, shape, epilogue);
        }

        worker.Complete();
    }

    /// <summary>The gradient by the weights, over the batch.</summary>
    /// <inheritdoc cref="WeightGradient{T}(CpuWorker,int,int,float*,float*,float*,float*,in ConvolutionShape)"/>
    public static void WeightGradient<T>(CpuWorker worker, float* dy, float* x, float* result, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        var items = WeightGradientItems(shape);
        while (worker.Take(items, out var begin, out var end))
        {
            WeightGradient<T>(worker, begin, end, dy, x, result, worker.Scratch, shape);
        }

        worker.Complete();
    }
}
