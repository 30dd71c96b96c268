using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>What <see cref="OuterTile512"/> computes, for sixteen registers of any width: four rows by two vectors.</summary>
static unsafe class OuterTileNarrow
{
    /// <summary>Any number of rows, 32 columns.</summary>
    public static void Multiply<T>(float* a, nint aStride, float* b, nint bStride, int depth, float* c, nint cStride, int rows, bool accumulate)
        where T : struct, IMemoryLanes<T>
    {
        for (var column = 0; column < 2 * ChannelBlocks.Lanes; column += 2 * T.Count)
        {
            var row = 0;
            for (; row + 4 <= rows; row += 4)
            {
                Tile4<T>(a + row, aStride, b + column, bStride, depth, c + row * cStride + column, cStride, accumulate);
            }

            for (; row < rows; row++)
            {
                Tile1<T>(a + row, aStride, b + column, bStride, depth, c + row * cStride + column, accumulate);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile4<T>(float* a, nint aStride, float* b, nint bStride, int depth, float* c, nint cStride, bool accumulate)
        where T : struct, IMemoryLanes<T>
    {
        T a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        if (accumulate)
        {
            a0 = T.Load(c);
            b0 = T.Load(c + T.Count);
            a1 = T.Load(c + cStride);
            b1 = T.Load(c + cStride + T.Count);
            a2 = T.Load(c + 2 * cStride);
            b2 = T.Load(c + 2 * cStride + T.Count);
            a3 = T.Load(c + 3 * cStride);
            b3 = T.Load(c + 3 * cStride + T.Count);
        }

        for (var k = 0; k < depth; k++)
        {
            var u = T.Load(b);
            var v = T.Load(b + T.Count);
            var s = T.Create(a[0]);
            a0 = T.MultiplyAdd(s, u, a0);
            b0 = T.MultiplyAdd(s, v, b0);
            s = T.Create(a[1]);
            a1 = T.MultiplyAdd(s, u, a1);
            b1 = T.MultiplyAdd(s, v, b1);
            s = T.Create(a[2]);
            a2 = T.MultiplyAdd(s, u, a2);
            b2 = T.MultiplyAdd(s, v, b2);
            s = T.Create(a[3]);
            a3 = T.MultiplyAdd(s, u, a3);
            b3 = T.MultiplyAdd(s, v, b3);
            a += aStride;
            b += bStride;
        }

        T.Store(c, a0);
        T.Store(c + T.Count, b0);
        T.Store(c + cStride, a1);
        T.Store(c + cStride + T.Count, b1);
        T.Store(c + 2 * cStride, a2);
        T.Store(c + 2 * cStride + T.Count, b2);
        T.Store(c + 3 * cStride, a3);
        T.Store(c + 3 * cStride + T.Count, b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile1<T>(float* a, nint aStride, float* b, nint bStride, int depth, float* c, bool accumulate)
        where T : struct, IMemoryLanes<T>
    {
        T a0 = default, b0 = default;
        if (accumulate)
        {
            a0 = T.Load(c);
            b0 = T.Load(c + T.Count);
        }

        for (var k = 0; k < depth; k++)
        {
            var s = T.Create(a[0]);
            a0 = T.MultiplyAdd(s, T.Load(b), a0);
            b0 = T.MultiplyAdd(s, T.Load(b + T.Count), b0);
            a += aStride;
            b += bStride;
        }

        T.Store(c, a0);
        T.Store(c + T.Count, b0);
    }
}
