using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The kernels as a schedule calls them: a worker takes items until none are left.</content>
public static unsafe partial class PackedMatrixProduct
{
    /// <summary>y[n, u] = Σ over i of weight[u, i] x[n, i], + bias[u], over the batch.</summary>
    /// <inheritdoc cref="Forward{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,float*,int,int,TEpilogue,int)"/>
    public static void Forward<T, TEpilogue>(CpuWorker worker, float* x, float* packed, float* bias, int units, int inputs, TEpilogue epilogue, int rows = 1)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var items = ForwardItems(worker, units, rows);
        while (worker.Take(items, out var begin, out var end))
        {
            Forward<T, TEpilogue>(worker, begin, end, x, packed, bias, worker.Scratch, units, inputs, epilogue, rows);
        }

        worker.Complete();
    }

    /// <summary>Packs this worker's share of the weights.</summary>
    public static void Pack(CpuWorker worker, float* weight, float* packed, int units, int inputs)
    {
        var items = PackItems(units);
        while (worker.Take(items, out var begin, out var end))
        {
            Pack(begin, end, weight, packed, units, inputs);
        }
    }
}
