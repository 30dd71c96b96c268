using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// c[r, 0 …] (+)= Σ over k of a[r, k] b[k, 0 …]: rows of a, as they lie in memory, times rows of b. Six rows by two vectors are twelve sums, for sixteen registers of any
/// width; every sum runs over k in ascending order.
/// </summary>
static unsafe class RowTile
{
    /// <summary>Any number of rows; columns up to a multiple of two vectors.</summary>
    public static void Multiply<T>(float* a, nint aStride, float* b, nint bStride, nint depth, float* c, nint cStride, int rows, int columns, bool accumulate)
        where T : struct, IMemoryLanes<T>
    {
        for (var column = 0; column < columns; column += 2 * T.Count)
        {
            var row = 0;
            for (; row + 6 <= rows; row += 6)
            {
                Tile<T, Six>(a + row * aStride, aStride, b + column, bStride, depth, c + row * cStride + column, cStride, accumulate);
            }

            for (; row + 2 <= rows; row += 2)
            {
                Tile<T, Two>(a + row * aStride, aStride, b + column, bStride, depth, c + row * cStride + column, cStride, accumulate);
            }

            if (row < rows)
            {
                Tile<T, One>(a + row * aStride, aStride, b + column, bStride, depth, c + row * cStride + column, cStride, accumulate);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile<T, TRows>(float* a, nint aStride, float* b, nint bStride, nint depth, float* c, nint cStride, bool accumulate)
        where T : struct, IMemoryLanes<T>
        where TRows : struct, ITileCount
    {
        var a1 = a + (TRows.Value > 1 ? aStride : 0);
        var a2 = a + (TRows.Value > 2 ? 2 * aStride : 0);
        var a3 = a + (TRows.Value > 3 ? 3 * aStride : 0);
        var a4 = a + (TRows.Value > 4 ? 4 * aStride : 0);
        var a5 = a + (TRows.Value > 5 ? 5 * aStride : 0);
        T u0 = default, u1 = default, u2 = default, u3 = default, u4 = default, u5 = default;
        T v0 = default, v1 = default, v2 = default, v3 = default, v4 = default, v5 = default;
        if (accumulate)
        {
            (u0, v0) = (T.Load(c), T.Load(c + T.Count));
            if (TRows.Value > 1)
            {
                (u1, v1) = (T.Load(c + cStride), T.Load(c + cStride + T.Count));
            }

            if (TRows.Value > 2)
            {
                (u2, v2) = (T.Load(c + 2 * cStride), T.Load(c + 2 * cStride + T.Count));
                (u3, v3) = (T.Load(c + 3 * cStride), T.Load(c + 3 * cStride + T.Count));
                (u4, v4) = (T.Load(c + 4 * cStride), T.Load(c + 4 * cStride + T.Count));
                (u5, v5) = (T.Load(c + 5 * cStride), T.Load(c + 5 * cStride + T.Count));
            }
        }

        for (nint k = 0; k < depth; k++)
        {
            var (p, q) = (T.Load(b), T.Load(b + T.Count));
            var s = T.Create(a[k]);
            u0 = T.MultiplyAdd(s, p, u0);
            v0 = T.MultiplyAdd(s, q, v0);
            if (TRows.Value > 1)
            {
                s = T.Create(a1[k]);
                u1 = T.MultiplyAdd(s, p, u1);
                v1 = T.MultiplyAdd(s, q, v1);
            }

            if (TRows.Value > 2)
            {
                s = T.Create(a2[k]);
                u2 = T.MultiplyAdd(s, p, u2);
                v2 = T.MultiplyAdd(s, q, v2);
                s = T.Create(a3[k]);
                u3 = T.MultiplyAdd(s, p, u3);
                v3 = T.MultiplyAdd(s, q, v3);
                s = T.Create(a4[k]);
                u4 = T.MultiplyAdd(s, p, u4);
                v4 = T.MultiplyAdd(s, q, v4);
                s = T.Create(a5[k]);
                u5 = T.MultiplyAdd(s, p, u5);
                v5 = T.MultiplyAdd(s, q, v5);
            }

            b += bStride;
        }

        T.Store(c, u0);
        T.Store(c + T.Count, v0);
        if (TRows.Value > 1)
        {
            T.Store(c + cStride, u1);
            T.Store(c + cStride + T.Count, v1);
        }

        if (TRows.Value > 2)
        {
            T.Store(c + 2 * cStride, u2);
            T.Store(c + 2 * cStride + T.Count, v2);
            T.Store(c + 3 * cStride, u3);
            T.Store(c + 3 * cStride + T.Count, v3);
            T.Store(c + 4 * cStride, u4);
            T.Store(c + 4 * cStride + T.Count, v4);
            T.Store(c + 5 * cStride, u5);
            T.Store(c + 5 * cStride + T.Count, v5);
        }
    }
}
