using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// What <see cref="OuterTile512"/> computes, for sixteen registers of any width: six rows by two vectors. Twelve sums hide the latency of a multiply-add
/// with something to spare.
/// </summary>
static unsafe class OuterTileNarrow
{
    /// <summary>Any number of rows, 32 columns.</summary>
    public static void Multiply<T>(float* a, nint aStride, float* b, nint bStride, int depth, float* c, nint cStride, int rows, bool accumulate)
        where T : struct, IMemoryLanes<T>
    {
        for (var column = 0; column < 2 * ChannelBlocks.Lanes; column += 2 * T.Count)
        {
            var row = 0;
            for (; row + 6 <= rows; row += 6)
            {
                Tile<T, Six>(a + row, aStride, b + column, bStride, depth, c + row * cStride + column, cStride, accumulate);
            }

            if (row + 4 <= rows)
            {
                Tile<T, Four>(a + row, aStride, b + column, bStride, depth, c + row * cStride + column, cStride, accumulate);
                row += 4;
            }

            for (; row < rows; row++)
            {
                Tile<T, One>(a + row, aStride, b + column, bStride, depth, c + row * cStride + column, cStride, accumulate);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile<T, TRows>(float* a, nint aStride, float* b, nint bStride, int depth, float* c, nint cStride, bool accumulate)
        where T : struct, IMemoryLanes<T>
        where TRows : struct, ITileCount
    {
        T a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        T b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        if (accumulate)
        {
            a0 = T.Load(c);
            b0 = T.Load(c + T.Count);
            if (TRows.Value > 1)
            {
                a1 = T.Load(c + cStride);
                b1 = T.Load(c + cStride + T.Count);
                a2 = T.Load(c + 2 * cStride);
                b2 = T.Load(c + 2 * cStride + T.Count);
                a3 = T.Load(c + 3 * cStride);
                b3 = T.Load(c + 3 * cStride + T.Count);
            }

            if (TRows.Value > 4)
            {
                a4 = T.Load(c + 4 * cStride);
                b4 = T.Load(c + 4 * cStride + T.Count);
                a5 = T.Load(c + 5 * cStride);
                b5 = T.Load(c + 5 * cStride + T.Count);
            }
        }

        for (var k = 0; k < depth; k++)
        {
            var u = T.Load(b);
            var v = T.Load(b + T.Count);
            var s = T.Create(a[0]);
            a0 = T.MultiplyAdd(s, u, a0);
            b0 = T.MultiplyAdd(s, v, b0);
            if (TRows.Value > 1)
            {
                s = T.Create(a[1]);
                a1 = T.MultiplyAdd(s, u, a1);
                b1 = T.MultiplyAdd(s, v, b1);
                s = T.Create(a[2]);
                a2 = T.MultiplyAdd(s, u, a2);
                b2 = T.MultiplyAdd(s, v, b2);
                s = T.Create(a[3]);
                a3 = T.MultiplyAdd(s, u, a3);
                b3 = T.MultiplyAdd(s, v, b3);
            }

            if (TRows.Value > 4)
            {
                s = T.Create(a[4]);
                a4 = T.MultiplyAdd(s, u, a4);
                b4 = T.MultiplyAdd(s, v, b4);
                s = T.Create(a[5]);
                a5 = T.MultiplyAdd(s, u, a5);
                b5 = T.MultiplyAdd(s, v, b5);
            }

            a += aStride;
            b += bStride;
        }

        T.Store(c, a0);
        T.Store(c + T.Count, b0);
        if (TRows.Value > 1)
        {
            T.Store(c + cStride, a1);
            T.Store(c + cStride + T.Count, b1);
            T.Store(c + 2 * cStride, a2);
            T.Store(c + 2 * cStride + T.Count, b2);
            T.Store(c + 3 * cStride, a3);
            T.Store(c + 3 * cStride + T.Count, b3);
        }

        if (TRows.Value > 4)
        {
            T.Store(c + 4 * cStride, a4);
            T.Store(c + 4 * cStride + T.Count, b4);
            T.Store(c + 5 * cStride, a5);
            T.Store(c + 5 * cStride + T.Count, b5);
        }
    }
}
