using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The kernels as a schedule calls them: a worker takes items until none are left, and goes on when all are done.</content>
public static unsafe partial class WinogradConvolution
{
    /// <summary>y = x * weight + bias, over the batch.</summary>
    /// <inheritdoc cref="Forward{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,float*,in ConvolutionShape,TEpilogue)"/>
    public static void Forward<T, TEpilogue>(CpuWorker worker, float* x, float* packed, float* bias, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T> =>
        Run<T, TEpilogue>(worker, x, packed, bias, WinogradPass.Forward(shape), epilogue);

    /// <summary>The gradient by the input, over the batch.</summary>
    /// <inheritdoc cref="InputGradient{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,float*,in ConvolutionShape,TEpilogue)"/>
    public static void InputGradient<T, TEpilogue>(CpuWorker worker, float* dy, float* packed, float* bias, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T> =>
        Run<T, TEpilogue>(worker, dy, packed, bias, WinogradPass.Gradient(shape), epilogue);

    /// <summary>The gradient by the weights, over the batch.</summary>
    /// <inheritdoc cref="WeightGradient{T}(CpuWorker,int,int,float*,float*,float*,float*,in ConvolutionShape)"/>
    public static void WeightGradient<T>(CpuWorker worker, float* dy, float* x, float* dweight, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T>
    {
        var items = WeightGradientItems(shape);
        while (worker.Take(items, out var begin, out var end))
        {
            WeightGradient<T>(worker, begin, end, dy, x, dweight, worker.Scratch, shape);
        }

        worker.Complete();
    }

    static void Run<T, TEpilogue>(CpuWorker worker, float* x, float* packed, float* bias, in TransformedPass pass, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        if (pass.KernelHeight == 3)
        {
            TransformedConvolution.Run<T, TEpilogue, WinogradTiles<Four>>(worker, x, packed, bias, pass, epilogue);
        }
        else
        {
            TransformedConvolution.Run<T, TEpilogue, WinogradTiles<Two>>(worker, x, packed, bias, pass, epilogue);
        }
    }
}
