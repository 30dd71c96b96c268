using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The kernels as a schedule calls them: a worker takes items until none are left, and goes on when all are done.</content>
public static unsafe partial class SampleWinograd
{
    /// <summary>y = x * weight + bias, over the batch.</summary>
    /// <inheritdoc cref="Forward{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,float*,in ConvolutionShape,TEpilogue)"/>
    public static void Forward<T, TEpilogue>(CpuWorker worker, float* x, float* packed, float* bias, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var items = ForwardItems<T>(worker, shape);
        while (worker.Take(items, out var begin, out var end))
        {
            Forward<T, TEpilogue>(worker, begin, end, x, packed, bias, worker.Scratch, shape, epilogue);
        }

        worker.Complete();
    }

    /// <summary>The gradient by the input, over the batch.</summary>
    /// <inheritdoc cref="InputGradient{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,in ConvolutionShape,TEpilogue)"/>
    public static void InputGradient<T, TEpilogue>(CpuWorker worker, float* dy, float* packed, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var items = InputGradientItems(worker, shape);
        while (worker.Take(items, out var begin, out var end))
        {
            InputGradient<T, TEpilogue>(worker, begin, end, dy, packed, worker.Scratch, shape, epilogue);
        }

        worker.Complete();
    }
}
