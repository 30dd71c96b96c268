using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetDsl.Kernels;

/// <summary>The unit in which samples lie in memory.</summary>
public static class SampleBlock
{
    /// <summary>Samples to a block: one AVX-512 register, two AVX2 registers.</summary>
    public const int Lanes = 16;

    /// <summary>How many blocks hold <paramref name="samples"/> samples.</summary>
    public static int Count(int samples) => (int)Count((long)samples);

    /// <summary>How many blocks hold <paramref name="samples"/> samples.</summary>
    public static long Count(long samples) => (samples + Lanes - 1) / Lanes;

    /// <summary>Lanes that exist, then lanes that do not: where it is read from says how many do.</summary>
    static ReadOnlySpan<float> Mask =>
    [
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>An element of the samples that exist; 0 in the lanes beyond the batch.</summary>
    /// <param name="element">The element.</param>
    /// <param name="samples">How many samples there are from the first lane on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe T Existing<T>(T element, int samples)
        where T : struct, IMemoryLanes<T>
    {
        if (samples >= T.Count)
        {
            return element;
        }

        // The mask is a part of the program's image: it does not move.
        var mask = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Mask)) + Lanes - Math.Max(samples, 0);
        return T.Select(T.Greater(T.Load(mask), T.Create(0)), element, T.Create(0));
    }
}
