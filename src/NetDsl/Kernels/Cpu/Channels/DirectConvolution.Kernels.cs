using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The kernels as a schedule calls them: a worker takes items until none are left, and goes on when all are done.</content>
public static unsafe partial class DirectConvolution
{
    /// <summary>y = x * weight + bias, over the batch.</summary>
    /// <inheritdoc cref="Forward{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,float*,in ConvolutionShape,TEpilogue)"/>
    public static void Forward<T, TEpilogue>(CpuWorker worker, float* x, float* packed, float* bias, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T> =>
        Run<T, TEpilogue>(worker, x, packed, bias, shape, false, epilogue);

    /// <summary>The gradient by the input, over the batch; also the transposed convolution of <paramref name="dy"/>.</summary>
    /// <inheritdoc cref="InputGradient{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,float*,in ConvolutionShape,TEpilogue)"/>
    public static void InputGradient<T, TEpilogue>(CpuWorker worker, float* dy, float* packed, float* bias, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T> =>
        Run<T, TEpilogue>(worker, dy, packed, bias, shape, true, epilogue);

    /// <summary>The gradient by the weights, over the batch.</summary>
    /// <inheritdoc cref="WeightGradient{T}(CpuWorker,int,int,float*,float*,float*,float*,in ConvolutionShape)"/>
    public static void WeightGradient<T>(CpuWorker worker, float* dy, float* x, float* dweight, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        var items = WeightGradientItems(shape, worker.Count);
        while (worker.Take(items, out var begin, out var end))
        {
            WeightGradient<T>(worker, begin, end, dy, x, dweight, worker.Scratch, shape);
        }

        worker.Complete();
    }

    /// <summary>The gradient by the bias, over the batch.</summary>
    /// <inheritdoc cref="BiasGradient{T}(CpuWorker,int,int,float*,float*,int,int)"/>
    public static void BiasGradient<T>(CpuWorker worker, float* dy, float* dbias, int filters, int size)
        where T : struct, IMemoryLanes<T>
    {
        var items = BiasGradientItems(filters);
        while (worker.Take(items, out var begin, out var end))
        {
            BiasGradient<T>(worker, begin, end, dy, dbias, filters, size);
        }

        worker.Complete();
    }

    static void Run<T, TEpilogue>(CpuWorker worker, float* input, float* packed, float* bias, in ConvolutionShape shape, bool gradient, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var items = worker.Blocks * (gradient ? InputGradientItems(shape) : ForwardItems(shape));
        if (shape.IsDepthwise)
        {
            while (worker.Take(items, out var begin, out var end))
            {
                DepthwiseConvolution.Run<T, TEpilogue>(worker, begin, end, input, packed, bias, worker.Scratch, shape, gradient, epilogue);
            }
        }
        else
        {
            var loop = Loop<T>(worker, input, packed, bias, worker.Scratch, shape, gradient);
            while (worker.Take(items, out var begin, out var end))
            {
                Run<T, TEpilogue>(ref loop, begin, end, epilogue);
            }
        }

        worker.Complete();
    }
}
