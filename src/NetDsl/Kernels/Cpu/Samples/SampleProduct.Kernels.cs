using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The kernels as a schedule calls them: a worker takes items until none are left, and goes on when all are done.</content>
public static unsafe partial class SampleProduct
{
    /// <summary>y = weight x + bias, over the batch.</summary>
    /// <inheritdoc cref="Forward{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,int,int,TEpilogue,int)"/>
    public static void Forward<T, TEpilogue>(CpuWorker worker, float* x, float* weight, float* bias, int units, int inputs, TEpilogue epilogue, int rows = 1)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var items = ForwardItems<T>(worker, units, rows);
        while (worker.Take(items, out var begin, out var end))
        {
            Forward<T, TEpilogue>(worker, begin, end, x, weight, bias, units, inputs, epilogue, rows);
        }

        worker.Complete();
    }

    /// <summary>dx = weightᵀ dy, over the batch.</summary>
    /// <inheritdoc cref="InputGradient{T,TEpilogue}(CpuWorker,int,int,float*,float*,int,int,TEpilogue,int)"/>
    public static void InputGradient<T, TEpilogue>(CpuWorker worker, float* dy, float* weight, int units, int inputs, TEpilogue epilogue, int rows = 1)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var items = InputGradientItems<T>(worker, inputs, rows);
        while (worker.Take(items, out var begin, out var end))
        {
            InputGradient<T, TEpilogue>(worker, begin, end, dy, weight, units, inputs, epilogue, rows);
        }

        worker.Complete();
    }

    /// <summary>dweight[u, i] = Σ over samples of dy[u] x[i], over the batch.</summary>
    /// <inheritdoc cref="WeightGradient{T}(CpuWorker,int,int,float*,float*,float*,float*,int,int,int)"/>
    public static void WeightGradient<T>(CpuWorker worker, float* dy, float* x, float* result, int units, int inputs, int rows = 1)
        where T : struct, IMemoryLanes<T>
    {
        var items = WeightGradientItems(units, inputs);
        while (worker.Take(items, out var begin, out var end, least: Tiles(units, UnitsAtOnce) / TurnsOfInputs))
        {
            WeightGradient<T>(worker, begin, end, dy, x, result, worker.Scratch, units, inputs, rows);
        }

        worker.Complete();
    }
}
