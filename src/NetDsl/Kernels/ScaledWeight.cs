using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>Weights times a number for each channel of what they compute: so predictions fold a <see cref="ChannelMap"/> into the layer before.</summary>
public static unsafe class ScaledWeight
{
    /// <summary>Rows that an item takes: as many as have about this many weights.</summary>
    const int ItemSize = 16384;

    /// <summary>One weight. <paramref name="length"/> neighbours have one channel, and the channels repeat.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Element<T, TView, TSlope>(TView weight, TSlope slope, int i, int length, int channels)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TSlope : struct, IView<T> => weight[i] * slope[i / length % channels];

    /// <summary>All of them.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="weight">The weights: rows of <paramref name="length"/>.</param>
    /// <param name="slope">A number for each channel.</param>
    /// <param name="y">The products.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="length">Weights to a row.</param>
    /// <param name="channels">Channels: that of a row is its number, modulo these.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute<T>(CpuWorker worker, float* weight, float* slope, float* y, int rows, int length, int channels)
        where T : struct, IMemoryLanes<T>
    {
        var taken = Math.Max(1, ItemSize / length);
        while (worker.Take((rows + taken - 1) / taken, out var begin, out var end))
        {
            for (var row = begin * taken; row < Math.Min(rows, end * taken); row++)
            {
                var from = weight + ((long)row * length);
                var to = y + ((long)row * length);
                var factor = slope[row % channels];
                var lanes = T.Create(factor);
                var i = 0;
                for (; i + T.Count <= length; i += T.Count)
                {
                    T.Store(to + i, T.Load(from + i) * lanes);
                }

                for (; i < length; i++)
                {
                    to[i] = from[i] * factor;
                }
            }
        }

        worker.Complete();
    }
}
