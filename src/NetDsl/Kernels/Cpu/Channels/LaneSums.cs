using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetDsl.Kernels;

/// <summary>Sums the lanes of sixteen vectors into one vector of sixteen sums.</summary>
static unsafe class LaneSums
{
    /// <summary>result[i] = the sum of the lanes of vector i at <paramref name="rows"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Of16<T>(float* rows, float* result)
        where T : struct, IMemoryLanes<T>
    {
        if (T.Count == 16 && Avx512F.IsSupported)
        {
            // Quarter by quarter: in each 128-bit part one lane for each of four rows; then the parts of the four quarters are added.
            var a = Quad(rows);
            var b = Quad(rows + 64);
            var c = Quad(rows + 128);
            var d = Quad(rows + 192);
            var low = Avx512F.Shuffle4x128(a, b, 0x88) + Avx512F.Shuffle4x128(a, b, 0xDD);
            var high = Avx512F.Shuffle4x128(c, d, 0x88) + Avx512F.Shuffle4x128(c, d, 0xDD);
            (Avx512F.Shuffle4x128(low, high, 0x88) + Avx512F.Shuffle4x128(low, high, 0xDD)).Store(result);
            return;
        }

        for (var i = 0; i < 16; i++)
        {
            result[i] = T.Sum(T.Load(rows + i * T.Count));
        }
    }

    /// <summary>Lane r of every 128-bit part is the sum of that part of row r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Quad(float* rows)
    {
        var r0 = Vector512.Load(rows);
        var r1 = Vector512.Load(rows + 16);
        var r2 = Vector512.Load(rows + 32);
        var r3 = Vector512.Load(rows + 48);
        var first = Avx512F.UnpackLow(r0, r1) + Avx512F.UnpackHigh(r0, r1);
        var second = Avx512F.UnpackLow(r2, r3) + Avx512F.UnpackHigh(r2, r3);
        return (Avx512F.UnpackLow(first.AsDouble(), second.AsDouble()).AsSingle() + Avx512F.UnpackHigh(first.AsDouble(), second.AsDouble()).AsSingle());
    }
}
