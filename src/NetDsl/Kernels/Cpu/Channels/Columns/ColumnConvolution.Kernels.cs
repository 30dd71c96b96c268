using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The kernels as a schedule calls them: a worker takes items until none are left, and goes on when all are done.</content>
public static unsafe partial class ColumnConvolution
{
    /// <summary>So many times a worker makes the columns again, or turns dy, at most: more often it does not find enough work for them.</summary>
    const int Turns = 4;

    /// <summary>y = x * weight + bias, over the batch.</summary>
    /// <inheritdoc cref="Forward{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,float*,in ConvolutionShape,TEpilogue)"/>
    public static void Forward<T, TEpilogue>(CpuWorker worker, float* x, float* weight, float* bias, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var items = ForwardItems(shape);
        while (worker.Take(items, out var begin, out var end, least: Least(worker, items)))
        {
            Forward<T, TEpilogue>(worker, begin, end, x, weight, bias, worker.Scratch, shape, epilogue);
        }

        worker.Complete();
    }

    /// <summary>The gradient by the input, over the batch; also the transposed convolution of <paramref name="dy"/>.</summary>
    /// <inheritdoc cref="InputGradient{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,float*,in ConvolutionShape,TEpilogue)"/>
    public static void InputGradient<T, TEpilogue>(CpuWorker worker, float* dy, float* weight, float* bias, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var items = InputGradientItems(shape);
        while (worker.Take(items, out var begin, out var end, least: Least(worker, items)))
        {
            InputGradient<T, TEpilogue>(worker, begin, end, dy, weight, bias, worker.Scratch, shape, epilogue);
        }

        worker.Complete();
    }

    /// <summary>The gradient by the weights, over the batch.</summary>
    /// <inheritdoc cref="WeightGradient{T}(CpuWorker,int,int,float*,float*,float*,float*,in ConvolutionShape)"/>
    public static void WeightGradient<T>(CpuWorker worker, float* dy, float* x, float* dweight, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        var items = WeightGradientItems(shape);
        while (worker.Take(items, out var begin, out var end, least: Least(worker, items)))
        {
            WeightGradient<T>(worker, begin, end, dy, x, dweight, worker.Scratch, shape);
        }

        worker.Complete();
    }

    static int Least(CpuWorker worker, int items) => Math.Max(1, items / (worker.Count * Turns));
}
