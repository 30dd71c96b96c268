using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl.Runtime;

/// <summary>Between the caller's layout, sample after sample, and that of the kernels, blocks of 16 samples with the sample innermost.</summary>
static unsafe class LanePacking
{
    /// <summary>Elements to an item of work: the rows that are read side by side stay in the first-level cache.</summary>
    public const int ItemSize = 256;

    /// <summary>Items of a block.</summary>
    public static int Items(int count) => (count + ItemSize - 1) / ItemSize;

    /// <summary>Fills elements of one block. Lanes without a sample become zero, so that kernels meet only finite numbers in them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(float* source, int samples, int count, int block, int item, float* destination)
    {
        var first = block * SampleBlock.Lanes;
        var present = Math.Min(SampleBlock.Lanes, samples - first);
        var end = Math.Min(count, (item + 1) * ItemSize);
        source += (nint)first * count;
        for (var i = item * ItemSize; i < end; i++)
        {
            var lanes = destination + ((nint)i * SampleBlock.Lanes);
            for (var lane = 0; lane < present; lane++)
            {
                lanes[lane] = source[((nint)lane * count) + i];
            }

            for (var lane = present; lane < SampleBlock.Lanes; lane++)
            {
                lanes[lane] = 0;
            }
        }
    }

    /// <summary>The way back, without the lanes that hold no sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unpack(float* source, int samples, int count, int block, int item, float* destination)
    {
        var first = block * SampleBlock.Lanes;
        var present = Math.Min(SampleBlock.Lanes, samples - first);
        var end = Math.Min(count, (item + 1) * ItemSize);
        destination += (nint)first * count;
        for (var i = item * ItemSize; i < end; i++)
        {
            var lanes = source + ((nint)i * SampleBlock.Lanes);
            for (var lane = 0; lane < present; lane++)
            {
                destination[((nint)lane * count) + i] = lanes[lane];
            }
        }
    }
}
