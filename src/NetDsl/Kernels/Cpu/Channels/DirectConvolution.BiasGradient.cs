using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The gradient by the bias.</content>
public static unsafe partial class DirectConvolution
{
    /// <summary>Items of <c>BiasGradient</c>, in all.</summary>
    public static int BiasGradientItems(int filters) => ChannelBlocks.Count(filters);

    /// <summary>dbias[k] = Σ over samples and pixels of dy[k], in a fixed order.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first block of filters.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the result of sample 0, channel-blocked.</param>
    /// <param name="dbias">The gradient by the bias; nothing is written behind the last filter.</param>
    /// <param name="filters">Filters.</param>
    /// <param name="size">Pixels of a filter's result.</param>
    public static void BiasGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* dbias, int filters, int size)
        where T : struct, IMemoryLanes<T>
    {
        var sums = stackalloc float[ChannelBlocks.Lanes];
        for (var block = begin; block < end; block++)
        {
            for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
            {
                T.Store(sums + lane, SumPixels<T>(worker, dy + (nint)block * size * ChannelBlocks.Lanes + lane, size));
            }

            for (var lane = 0; lane < Math.Min(ChannelBlocks.Lanes, filters - block * ChannelBlocks.Lanes); lane++)
            {
                dbias[block * ChannelBlocks.Lanes + lane] = sums[lane];
            }
        }
    }

    /// <summary>Four sums at a time, because one would wait for itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static T SumPixels<T>(CpuWorker worker, float* dy, int size)
        where T : struct, IMemoryLanes<T>
    {
        T total = default;
        for (var sample = 0; sample < worker.Samples; sample++)
        {
            var p = dy + sample * worker.BlockStride;
            T a = default, b = default, c = default, d = default;
            var pixel = 0;
            for (; pixel + 4 <= size; pixel += 4)
            {
                a += T.Load(p);
                b += T.Load(p + 16);
                c += T.Load(p + 32);
                d += T.Load(p + 48);
                p += 64;
            }

            for (; pixel < size; pixel++)
            {
                a += T.Load(p);
                p += ChannelBlocks.Lanes;
            }

            total += (a + b) + (c + d);
        }

        return total;
    }
}
