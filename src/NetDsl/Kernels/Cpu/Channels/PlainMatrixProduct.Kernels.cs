using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The kernels as a schedule calls them: a worker takes items until none are left, and goes on when all are done.</content>
public static unsafe partial class PlainMatrixProduct
{
    /// <summary>y[n, u] = Σ over i of weight[u, i] x[n, i], + bias[u], over the batch.</summary>
    /// <inheritdoc cref="Forward{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,float*,int,int,TEpilogue,int)"/>
    public static void Forward<T, TEpilogue>(CpuWorker worker, float* x, float* weight, float* bias, int units, int inputs, TEpilogue epilogue, int rows = 1)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var items = ForwardItems(units, inputs);
        while (worker.Take(items, out var begin, out var end))
        {
            Forward<T, TEpilogue>(worker, begin, end, x, weight, bias, worker.Scratch, units, inputs, epilogue, rows);
        }

        worker.Complete();
    }

    /// <summary>dx[n, i] = Σ over u of dy[n, u] weight[u, i], over the batch.</summary>
    /// <inheritdoc cref="InputGradient{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,int,int,TEpilogue)"/>
    public static void InputGradient<T, TEpilogue>(CpuWorker worker, float* dy, float* weight, int units, int inputs, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var items = InputGradientItems(units, inputs);
        while (worker.Take(items, out var begin, out var end))
        {
            InputGradient<T, TEpilogue>(worker, begin, end, dy, weight, worker.Scratch, units, inputs, epilogue);
        }

        worker.Complete();
    }

    /// <summary>dweight[u, i] = Σ over n of dy[n, u] x[n, i], over the batch.</summary>
    /// <inheritdoc cref="WeightGradient{T}(CpuWorker,int,int,float*,float*,float*,float*,int,int)"/>
    public static void WeightGradient<T>(CpuWorker worker, float* dy, float* x, float* dweight, int units, int inputs)
        where T : struct, IMemoryLanes<T>
    {
        var items = WeightGradientItems(units, inputs);
        while (worker.Take(items, out var begin, out var end))
        {
            WeightGradient<T>(worker, begin, end, dy, x, dweight, worker.Scratch, units, inputs);
        }

        worker.Complete();
    }

    /// <summary>dbias[u] = Σ over n of dy[n, u], over the batch.</summary>
    /// <inheritdoc cref="BiasGradient{T}(CpuWorker,int,int,float*,float*,int)"/>
    public static void BiasGradient<T>(CpuWorker worker, float* dy, float* dbias, int units)
        where T : struct, IMemoryLanes<T>
    {
        var items = BiasGradientItems(units);
        while (worker.Take(items, out var begin, out var end))
        {
            BiasGradient<T>(worker, begin, end, dy, dbias, units);
        }

        worker.Complete();
    }
}
