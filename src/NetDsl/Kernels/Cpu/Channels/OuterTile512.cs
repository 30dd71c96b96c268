using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Kernels;

/// <summary>
/// c[r, 0 … 31] (+)= Σ over k of a[k, r] b[k, 0 … 31] for up to fourteen rows at once: 28 sums, two rows of b and one broadcast in 32 registers of 512 bits.
/// Every sum runs over k in ascending order, whatever the number of rows.
/// </summary>
static unsafe class OuterTile512
{
    /// <summary>Any number of rows.</summary>
    public static void Multiply<TAhead>(float* a, nint aStride, float* b, nint bStride, int depth, float* c, nint cStride, int rows, bool accumulate, ref TAhead ahead)
        where TAhead : struct, IAhead
    {
        while (rows > 0)
        {
            int done;
            if (rows >= 14 && rows != 16)
            {
                Tile14(a, aStride, b, bStride, depth, c, cStride, accumulate, ref ahead);
                done = 14;
            }
            else if (rows >= 8)
            {
                Tile8(a, aStride, b, bStride, depth, c, cStride, accumulate, ref ahead);
                done = 8;
            }
            else if (rows >= 4)
            {
                Tile4(a, aStride, b, bStride, depth, c, cStride, accumulate);
                done = 4;
            }
            else
            {
                Tile1(a, aStride, b, bStride, depth, c, cStride, accumulate);
                done = 1;
            }

            rows -= done;
            a += done;
            c += done * cStride;
        }
    }

    /// <summary>Fourteen rows, 32 columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile14<TAhead>(float* a, nint aStride, float* b, nint bStride, int depth, float* c, nint cStride, bool accumulate, ref TAhead ahead)
        where TAhead : struct, IAhead
    {
        var lines = ahead;
        Vector512<float> a0 = default, b0 = default;
        Vector512<float> a1 = default, b1 = default;
        Vector512<float> a2 = default, b2 = default;
        Vector512<float> a3 = default, b3 = default;
        Vector512<float> a4 = default, b4 = default;
        Vector512<float> a5 = default, b5 = default;
        Vector512<float> a6 = default, b6 = default;
        Vector512<float> a7 = default, b7 = default;
        Vector512<float> a8 = default, b8 = default;
        Vector512<float> a9 = default, b9 = default;
        Vector512<float> a10 = default, b10 = default;
        Vector512<float> a11 = default, b11 = default;
        Vector512<float> a12 = default, b12 = default;
        Vector512<float> a13 = default, b13 = default;
        if (accumulate)
        {
            var row = c;
            a0 = Vector512.Load(row);
            b0 = Vector512.Load(row + 16);
            row += cStride;
            a1 = Vector512.Load(row);
            b1 = Vector512.Load(row + 16);
            row += cStride;
            a2 = Vector512.Load(row);
            b2 = Vector512.Load(row + 16);
            row += cStride;
            a3 = Vector512.Load(row);
            b3 = Vector512.Load(row + 16);
            row += cStride;
            a4 = Vector512.Load(row);
            b4 = Vector512.Load(row + 16);
            row += cStride;
            a5 = Vector512.Load(row);
            b5 = Vector512.Load(row + 16);
            row += cStride;
            a6 = Vector512.Load(row);
            b6 = Vector512.Load(row + 16);
            row += cStride;
            a7 = Vector512.Load(row);
            b7 = Vector512.Load(row + 16);
            row += cStride;
            a8 = Vector512.Load(row);
            b8 = Vector512.Load(row + 16);
            row += cStride;
            a9 = Vector512.Load(row);
            b9 = Vector512.Load(row + 16);
            row += cStride;
            a10 = Vector512.Load(row);
            b10 = Vector512.Load(row + 16);
            row += cStride;
            a11 = Vector512.Load(row);
            b11 = Vector512.Load(row + 16);
            row += cStride;
            a12 = Vector512.Load(row);
            b12 = Vector512.Load(row + 16);
            row += cStride;
            a13 = Vector512.Load(row);
            b13 = Vector512.Load(row + 16);
        }

        for (var k = 0; k < depth; k++)
        {
            lines.Step();
            var u = *(Vector512<float>*)b;
            var v = *(Vector512<float>*)(b + 16);
            Vector512<float> s;
            s = Vector512.Create(a[0]);
            a0 = Vector512.FusedMultiplyAdd(s, u, a0);
            b0 = Vector512.FusedMultiplyAdd(s, v, b0);
            s = Vector512.Create(a[1]);
            a1 = Vector512.FusedMultiplyAdd(s, u, a1);
            b1 = Vector512.FusedMultiplyAdd(s, v, b1);
            s = Vector512.Create(a[2]);
            a2 = Vector512.FusedMultiplyAdd(s, u, a2);
            b2 = Vector512.FusedMultiplyAdd(s, v, b2);
            s = Vector512.Create(a[3]);
            a3 = Vector512.FusedMultiplyAdd(s, u, a3);
            b3 = Vector512.FusedMultiplyAdd(s, v, b3);
            s = Vector512.Create(a[4]);
            a4 = Vector512.FusedMultiplyAdd(s, u, a4);
            b4 = Vector512.FusedMultiplyAdd(s, v, b4);
            s = Vector512.Create(a[5]);
            a5 = Vector512.FusedMultiplyAdd(s, u, a5);
            b5 = Vector512.FusedMultiplyAdd(s, v, b5);
            s = Vector512.Create(a[6]);
            a6 = Vector512.FusedMultiplyAdd(s, u, a6);
            b6 = Vector512.FusedMultiplyAdd(s, v, b6);
            s = Vector512.Create(a[7]);
            a7 = Vector512.FusedMultiplyAdd(s, u, a7);
            b7 = Vector512.FusedMultiplyAdd(s, v, b7);
            s = Vector512.Create(a[8]);
            a8 = Vector512.FusedMultiplyAdd(s, u, a8);
            b8 = Vector512.FusedMultiplyAdd(s, v, b8);
            s = Vector512.Create(a[9]);
            a9 = Vector512.FusedMultiplyAdd(s, u, a9);
            b9 = Vector512.FusedMultiplyAdd(s, v, b9);
            s = Vector512.Create(a[10]);
            a10 = Vector512.FusedMultiplyAdd(s, u, a10);
            b10 = Vector512.FusedMultiplyAdd(s, v, b10);
            s = Vector512.Create(a[11]);
            a11 = Vector512.FusedMultiplyAdd(s, u, a11);
            b11 = Vector512.FusedMultiplyAdd(s, v, b11);
            s = Vector512.Create(a[12]);
            a12 = Vector512.FusedMultiplyAdd(s, u, a12);
            b12 = Vector512.FusedMultiplyAdd(s, v, b12);
            s = Vector512.Create(a[13]);
            a13 = Vector512.FusedMultiplyAdd(s, u, a13);
            b13 = Vector512.FusedMultiplyAdd(s, v, b13);
            a += aStride;
            b += bStride;
        }

        ahead = lines;
        a0.Store(c);
        b0.Store(c + 16);
        c += cStride;
        a1.Store(c);
        b1.Store(c + 16);
        c += cStride;
        a2.Store(c);
        b2.Store(c + 16);
        c += cStride;
        a3.Store(c);
        b3.Store(c + 16);
        c += cStride;
        a4.Store(c);
        b4.Store(c + 16);
        c += cStride;
        a5.Store(c);
        b5.Store(c + 16);
        c += cStride;
        a6.Store(c);
        b6.Store(c + 16);
        c += cStride;
        a7.Store(c);
        b7.Store(c + 16);
        c += cStride;
        a8.Store(c);
        b8.Store(c + 16);
        c += cStride;
        a9.Store(c);
        b9.Store(c + 16);
        c += cStride;
        a10.Store(c);
        b10.Store(c + 16);
        c += cStride;
        a11.Store(c);
        b11.Store(c + 16);
        c += cStride;
        a12.Store(c);
        b12.Store(c + 16);
        c += cStride;
        a13.Store(c);
        b13.Store(c + 16);
    }

    /// <summary>Eight rows, 32 columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile8<TAhead>(float* a, nint aStride, float* b, nint bStride, int depth, float* c, nint cStride, bool accumulate, ref TAhead ahead)
        where TAhead : struct, IAhead
    {
        var lines = ahead;
        Vector512<float> a0 = default, b0 = default;
        Vector512<float> a1 = default, b1 = default;
        Vector512<float> a2 = default, b2 = default;
        Vector512<float> a3 = default, b3 = default;
        Vector512<float> a4 = default, b4 = default;
        Vector512<float> a5 = default, b5 = default;
        Vector512<float> a6 = default, b6 = default;
        Vector512<float> a7 = default, b7 = default;
        if (accumulate)
        {
            var row = c;
            a0 = Vector512.Load(row);
            b0 = Vector512.Load(row + 16);
            row += cStride;
            a1 = Vector512.Load(row);
            b1 = Vector512.Load(row + 16);
            row += cStride;
            a2 = Vector512.Load(row);
            b2 = Vector512.Load(row + 16);
            row += cStride;
            a3 = Vector512.Load(row);
            b3 = Vector512.Load(row + 16);
            row += cStride;
            a4 = Vector512.Load(row);
            b4 = Vector512.Load(row + 16);
            row += cStride;
            a5 = Vector512.Load(row);
            b5 = Vector512.Load(row + 16);
            row += cStride;
            a6 = Vector512.Load(row);
            b6 = Vector512.Load(row + 16);
            row += cStride;
            a7 = Vector512.Load(row);
            b7 = Vector512.Load(row + 16);
        }

        for (var k = 0; k < depth; k++)
        {
            lines.Step();
            var u = *(Vector512<float>*)b;
            var v = *(Vector512<float>*)(b + 16);
            Vector512<float> s;
            s = Vector512.Create(a[0]);
            a0 = Vector512.FusedMultiplyAdd(s, u, a0);
            b0 = Vector512.FusedMultiplyAdd(s, v, b0);
            s = Vector512.Create(a[1]);
            a1 = Vector512.FusedMultiplyAdd(s, u, a1);
            b1 = Vector512.FusedMultiplyAdd(s, v, b1);
            s = Vector512.Create(a[2]);
            a2 = Vector512.FusedMultiplyAdd(s, u, a2);
            b2 = Vector512.FusedMultiplyAdd(s, v, b2);
            s = Vector512.Create(a[3]);
            a3 = Vector512.FusedMultiplyAdd(s, u, a3);
            b3 = Vector512.FusedMultiplyAdd(s, v, b3);
            s = Vector512.Create(a[4]);
            a4 = Vector512.FusedMultiplyAdd(s, u, a4);
            b4 = Vector512.FusedMultiplyAdd(s, v, b4);
            s = Vector512.Create(a[5]);
            a5 = Vector512.FusedMultiplyAdd(s, u, a5);
            b5 = Vector512.FusedMultiplyAdd(s, v, b5);
            s = Vector512.Create(a[6]);
            a6 = Vector512.FusedMultiplyAdd(s, u, a6);
            b6 = Vector512.FusedMultiplyAdd(s, v, b6);
            s = Vector512.Create(a[7]);
            a7 = Vector512.FusedMultiplyAdd(s, u, a7);
            b7 = Vector512.FusedMultiplyAdd(s, v, b7);
            a += aStride;
            b += bStride;
        }

        ahead = lines;
        a0.Store(c);
        b0.Store(c + 16);
        c += cStride;
        a1.Store(c);
        b1.Store(c + 16);
        c += cStride;
        a2.Store(c);
        b2.Store(c + 16);
        c += cStride;
        a3.Store(c);
        b3.Store(c + 16);
        c += cStride;
        a4.Store(c);
        b4.Store(c + 16);
        c += cStride;
        a5.Store(c);
        b5.Store(c + 16);
        c += cStride;
        a6.Store(c);
        b6.Store(c + 16);
        c += cStride;
        a7.Store(c);
        b7.Store(c + 16);
    }

    /// <summary>Four rows, 32 columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile4(float* a, nint aStride, float* b, nint bStride, int depth, float* c, nint cStride, bool accumulate)
    {
        Vector512<float> a0 = default, b0 = default;
        Vector512<float> a1 = default, b1 = default;
        Vector512<float> a2 = default, b2 = default;
        Vector512<float> a3 = default, b3 = default;
        if (accumulate)
        {
            var row = c;
            a0 = Vector512.Load(row);
            b0 = Vector512.Load(row + 16);
            row += cStride;
            a1 = Vector512.Load(row);
            b1 = Vector512.Load(row + 16);
            row += cStride;
            a2 = Vector512.Load(row);
            b2 = Vector512.Load(row + 16);
            row += cStride;
            a3 = Vector512.Load(row);
            b3 = Vector512.Load(row + 16);
        }

        for (var k = 0; k < depth; k++)
        {
            var u = *(Vector512<float>*)b;
            var v = *(Vector512<float>*)(b + 16);
            Vector512<float> s;
            s = Vector512.Create(a[0]);
            a0 = Vector512.FusedMultiplyAdd(s, u, a0);
            b0 = Vector512.FusedMultiplyAdd(s, v, b0);
            s = Vector512.Create(a[1]);
            a1 = Vector512.FusedMultiplyAdd(s, u, a1);
            b1 = Vector512.FusedMultiplyAdd(s, v, b1);
            s = Vector512.Create(a[2]);
            a2 = Vector512.FusedMultiplyAdd(s, u, a2);
            b2 = Vector512.FusedMultiplyAdd(s, v, b2);
            s = Vector512.Create(a[3]);
            a3 = Vector512.FusedMultiplyAdd(s, u, a3);
            b3 = Vector512.FusedMultiplyAdd(s, v, b3);
            a += aStride;
            b += bStride;
        }

        a0.Store(c);
        b0.Store(c + 16);
        c += cStride;
        a1.Store(c);
        b1.Store(c + 16);
        c += cStride;
        a2.Store(c);
        b2.Store(c + 16);
        c += cStride;
        a3.Store(c);
        b3.Store(c + 16);
    }

    /// <summary>One row, 32 columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile1(float* a, nint aStride, float* b, nint bStride, int depth, float* c, nint cStride, bool accumulate)
    {
        Vector512<float> a0 = default, b0 = default;
        if (accumulate)
        {
            a0 = Vector512.Load(c);
            b0 = Vector512.Load(c + 16);
        }

        for (var k = 0; k < depth; k++)
        {
            var u = *(Vector512<float>*)b;
            var v = *(Vector512<float>*)(b + 16);
            Vector512<float> s;
            s = Vector512.Create(a[0]);
            a0 = Vector512.FusedMultiplyAdd(s, u, a0);
            b0 = Vector512.FusedMultiplyAdd(s, v, b0);
            a += aStride;
            b += bStride;
        }

        a0.Store(c);
        b0.Store(c + 16);
    }
}
