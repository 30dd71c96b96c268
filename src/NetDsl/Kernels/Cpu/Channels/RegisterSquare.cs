using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetDsl.Kernels;

/// <summary>A square of eight by eight numbers, turned in registers.</summary>
static unsafe class RegisterSquare
{
    public const int Size = 8;

    /// <summary>Whether this processor has what <see cref="Columns"/> takes.</summary>
    public static bool IsSupported => Avx.IsSupported;

    /// <summary>The columns of eight rows.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="c0">The first column.</param>
    /// <param name="c1">The second, and so on.</param>
    /// <param name="c2">The third.</param>
    /// <param name="c3">The fourth.</param>
    /// <param name="c4">The fifth.</param>
    /// <param name="c5">The sixth.</param>
    /// <param name="c6">The seventh.</param>
    /// <param name="c7">The eighth.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Columns(
        float* source, nint stride,
        out Vector256<float> c0, out Vector256<float> c1, out Vector256<float> c2, out Vector256<float> c3,
        out Vector256<float> c4, out Vector256<float> c5, out Vector256<float> c6, out Vector256<float> c7)
    {
        var (a, b) = (Vector256.Load(source), Vector256.Load(source + stride));
        var (c, d) = (Vector256.Load(source + 2 * stride), Vector256.Load(source + 3 * stride));
        var (e, f) = (Vector256.Load(source + 4 * stride), Vector256.Load(source + 5 * stride));
        var (g, h) = (Vector256.Load(source + 6 * stride), Vector256.Load(source + 7 * stride));

        // Pairs of rows, then fours, then halves of registers.
        var (ab, ab2, cd, cd2) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b), Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
        var (ef, ef2, gh, gh2) = (Avx.UnpackLow(e, f), Avx.UnpackHigh(e, f), Avx.UnpackLow(g, h), Avx.UnpackHigh(g, h));
        const byte low = 0x44, high = 0xEE, lowHalves = 0x20, highHalves = 0x31;
        var (a0, a1, a2, a3) = (Avx.Shuffle(ab, cd, low), Avx.Shuffle(ab, cd, high), Avx.Shuffle(ab2, cd2, low), Avx.Shuffle(ab2, cd2, high));
        var (e0, e1, e2, e3) = (Avx.Shuffle(ef, gh, low), Avx.Shuffle(ef, gh, high), Avx.Shuffle(ef2, gh2, low), Avx.Shuffle(ef2, gh2, high));
        (c0, c1) = (Avx.Permute2x128(a0, e0, lowHalves), Avx.Permute2x128(a1, e1, lowHalves));
        (c2, c3) = (Avx.Permute2x128(a2, e2, lowHalves), Avx.Permute2x128(a3, e3, lowHalves));
        (c4, c5) = (Avx.Permute2x128(a0, e0, highHalves), Avx.Permute2x128(a1, e1, highHalves));
        (c6, c7) = (Avx.Permute2x128(a2, e2, highHalves), Avx.Permute2x128(a3, e3, highHalves));
    }
}
