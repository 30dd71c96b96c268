using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The kernels as a schedule calls them: a worker takes items until none are left, and goes on when all are done.</content>
public static unsafe partial class ChannelBlocks
{
    /// <summary>Brings plain channels into blocks, over the batch.</summary>
    /// <inheritdoc cref="FromPlain{T}(CpuWorker,int,int,float*,float*,int,int)"/>
    public static void FromPlain<T>(CpuWorker worker, float* x, float* y, int channels, int size)
        where T : struct, IMemoryLanes<T>
    {
        var items = worker.Blocks * ItemsOf(channels, size);
        while (worker.Take(items, out var begin, out var end))
        {
            FromPlain<T>(worker, begin, end, x, y, channels, size);
        }

        worker.Complete();
    }

    /// <summary>Brings channels out of blocks, over the batch.</summary>
    /// <inheritdoc cref="ToPlain{T}(CpuWorker,int,int,float*,float*,int,int)"/>
    public static void ToPlain<T>(CpuWorker worker, float* x, float* y, int channels, int size)
        where T : struct, IMemoryLanes<T>
    {
        var items = worker.Blocks * ItemsOf(channels, size);
        while (worker.Take(items, out var begin, out var end))
        {
            ToPlain<T>(worker, begin, end, x, y, channels, size);
        }

        worker.Complete();
    }
}
