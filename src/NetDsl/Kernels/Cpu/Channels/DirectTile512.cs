using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Kernels;

/// <summary>
/// The register tiles for 32 vector registers of 512 bits: the sums of 14 pixels and two blocks of output channels take 28 of them, two weights and one
/// broadcast input the rest but one. Seven pixels do for a remainder; eight independent sums already hide the latency of a multiply-add. The pixels are
/// two runs of seven neighbours, so a tile may span two rows (longer than a file should be, because a register has no index).
/// </summary>
static unsafe partial class DirectTile512
{
    /// <summary>Two runs of seven pixels, two output blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile14x2(in DirectTerms terms, float* x, float* second, float* weights, float* sums, nint sumStride)
    {
        Vector512<float> a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13;
        if (terms.Accumulate)
        {
            a0 = Vector512.Load(sums);
            a1 = Vector512.Load(sums + 16);
            a2 = Vector512.Load(sums + 32);
            a3 = Vector512.Load(sums + 48);
            a4 = Vector512.Load(sums + 64);
            a5 = Vector512.Load(sums + 80);
            a6 = Vector512.Load(sums + 96);
            a7 = Vector512.Load(sums + 112);
            a8 = Vector512.Load(sums + 128);
            a9 = Vector512.Load(sums + 144);
            a10 = Vector512.Load(sums + 160);
            a11 = Vector512.Load(sums + 176);
            a12 = Vector512.Load(sums + 192);
            a13 = Vector512.Load(sums + 208);
            var upper = sums + sumStride;
            b0 = Vector512.Load(upper);
            b1 = Vector512.Load(upper + 16);
            b2 = Vector512.Load(upper + 32);
            b3 = Vector512.Load(upper + 48);
            b4 = Vector512.Load(upper + 64);
            b5 = Vector512.Load(upper + 80);
            b6 = Vector512.Load(upper + 96);
            b7 = Vector512.Load(upper + 112);
            b8 = Vector512.Load(upper + 128);
            b9 = Vector512.Load(upper + 144);
            b10 = Vector512.Load(upper + 160);
            b11 = Vector512.Load(upper + 176);
            b12 = Vector512.Load(upper + 192);
            b13 = Vector512.Load(upper + 208);
        }
        else
        {
            a0 = a1 = a2 = a3 = a4 = a5 = a6 = a7 = a8 = a9 = a10 = a11 = a12 = a13 = Vector512.Load(terms.Bias);
            b0 = b1 = b2 = b3 = b4 = b5 = b6 = b7 = b8 = b9 = b10 = b11 = b12 = b13 = Vector512.Load(terms.Bias + 16);
        }

        var offsets = terms.Offsets;
        var entries = terms.Entries;
        for (var entry = 0; entry < entries; entry++)
        {
            var p = x + offsets[entry];
            var q = second + offsets[entry];
            // The pixels of the next entry lie on another plane, where the processor does not look by itself.
            if (entry + 1 < entries)
            {
                CacheLines.FetchNear(x + offsets[entry + 1], 7);
                CacheLines.FetchNear(second + offsets[entry + 1], 7);
            }

            var channels = entry < terms.WholeEntries ? 16 : terms.LastTerms;
            do
            {
                var w0 = *(Vector512<float>*)weights;
                var w1 = *(Vector512<float>*)(weights + 16);
                weights += 32;
                Vector512<float> v;
                v = Vector512.Create(p[0]);
                a0 = Vector512.FusedMultiplyAdd(v, w0, a0);
                b0 = Vector512.FusedMultiplyAdd(v, w1, b0);
                v = Vector512.Create(p[16]);
                a1 = Vector512.FusedMultiplyAdd(v, w0, a1);
                b1 = Vector512.FusedMultiplyAdd(v, w1, b1);
                v = Vector512.Create(p[32]);
                a2 = Vector512.FusedMultiplyAdd(v, w0, a2);
                b2 = Vector512.FusedMultiplyAdd(v, w1, b2);
                v = Vector512.Create(p[48]);
                a3 = Vector512.FusedMultiplyAdd(v, w0, a3);
                b3 = Vector512.FusedMultiplyAdd(v, w1, b3);
                v = Vector512.Create(p[64]);
                a4 = Vector512.FusedMultiplyAdd(v, w0, a4);
                b4 = Vector512.FusedMultiplyAdd(v, w1, b4);
                v = Vector512.Create(p[80]);
                a5 = Vector512.FusedMultiplyAdd(v, w0, a5);
                b5 = Vector512.FusedMultiplyAdd(v, w1, b5);
                v = Vector512.Create(p[96]);
                a6 = Vector512.FusedMultiplyAdd(v, w0, a6);
                b6 = Vector512.FusedMultiplyAdd(v, w1, b6);
                v = Vector512.Create(q[0]);
                a7 = Vector512.FusedMultiplyAdd(v, w0, a7);
                b7 = Vector512.FusedMultiplyAdd(v, w1, b7);
                v = Vector512.Create(q[16]);
                a8 = Vector512.FusedMultiplyAdd(v, w0, a8);
                b8 = Vector512.FusedMultiplyAdd(v, w1, b8);
                v = Vector512.Create(q[32]);
                a9 = Vector512.FusedMultiplyAdd(v, w0, a9);
                b9 = Vector512.FusedMultiplyAdd(v, w1, b9);
                v = Vector512.Create(q[48]);
                a10 = Vector512.FusedMultiplyAdd(v, w0, a10);
                b10 = Vector512.FusedMultiplyAdd(v, w1, b10);
                v = Vector512.Create(q[64]);
                a11 = Vector512.FusedMultiplyAdd(v, w0, a11);
                b11 = Vector512.FusedMultiplyAdd(v, w1, b11);
                v = Vector512.Create(q[80]);
                a12 = Vector512.FusedMultiplyAdd(v, w0, a12);
                b12 = Vector512.FusedMultiplyAdd(v, w1, b12);
                v = Vector512.Create(q[96]);
                a13 = Vector512.FusedMultiplyAdd(v, w0, a13);
                b13 = Vector512.FusedMultiplyAdd(v, w1, b13);
                p++;
                q++;
                channels--;
            }
            while (channels > 0);
        }

        a0.Store(sums);
        a1.Store(sums + 16);
        a2.Store(sums + 32);
        a3.Store(sums + 48);
        a4.Store(sums + 64);
        a5.Store(sums + 80);
        a6.Store(sums + 96);
        a7.Store(sums + 112);
        a8.Store(sums + 128);
        a9.Store(sums + 144);
        a10.Store(sums + 160);
        a11.Store(sums + 176);
        a12.Store(sums + 192);
        a13.Store(sums + 208);
        sums += sumStride;
        b0.Store(sums);
        b1.Store(sums + 16);
        b2.Store(sums + 32);
        b3.Store(sums + 48);
        b4.Store(sums + 64);
        b5.Store(sums + 80);
        b6.Store(sums + 96);
        b7.Store(sums + 112);
        b8.Store(sums + 128);
        b9.Store(sums + 144);
        b10.Store(sums + 160);
        b11.Store(sums + 176);
        b12.Store(sums + 192);
        b13.Store(sums + 208);
    }

    /// <summary>One run of seven pixels, two output blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile7x2(in DirectTerms terms, float* x, float* weights, float* sums, nint sumStride)
    {
        Vector512<float> a0, a1, a2, a3, a4, a5, a6, b0, b1, b2, b3, b4, b5, b6;
        if (terms.Accumulate)
        {
            a0 = Vector512.Load(sums);
            a1 = Vector512.Load(sums + 16);
            a2 = Vector512.Load(sums + 32);
            a3 = Vector512.Load(sums + 48);
            a4 = Vector512.Load(sums + 64);
            a5 = Vector512.Load(sums + 80);
            a6 = Vector512.Load(sums + 96);
            var upper = sums + sumStride;
            b0 = Vector512.Load(upper);
            b1 = Vector512.Load(upper + 16);
            b2 = Vector512.Load(upper + 32);
            b3 = Vector512.Load(upper + 48);
            b4 = Vector512.Load(upper + 64);
            b5 = Vector512.Load(upper + 80);
            b6 = Vector512.Load(upper + 96);
        }
        else
        {
            a0 = a1 = a2 = a3 = a4 = a5 = a6 = Vector512.Load(terms.Bias);
            b0 = b1 = b2 = b3 = b4 = b5 = b6 = Vector512.Load(terms.Bias + 16);
        }

        var offsets = terms.Offsets;
        var entries = terms.Entries;
        for (var entry = 0; entry < entries; entry++)
        {
            var p = x + offsets[entry];
            var channels = entry < terms.WholeEntries ? 16 : terms.LastTerms;
            do
            {
                var w0 = *(Vector512<float>*)weights;
                var w1 = *(Vector512<float>*)(weights + 16);
                weights += 32;
                Vector512<float> v;
                v = Vector512.Create(p[0]);
                a0 = Vector512.FusedMultiplyAdd(v, w0, a0);
                b0 = Vector512.FusedMultiplyAdd(v, w1, b0);
                v = Vector512.Create(p[16]);
                a1 = Vector512.FusedMultiplyAdd(v, w0, a1);
                b1 = Vector512.FusedMultiplyAdd(v, w1, b1);
                v = Vector512.Create(p[32]);
                a2 = Vector512.FusedMultiplyAdd(v, w0, a2);
                b2 = Vector512.FusedMultiplyAdd(v, w1, b2);
                v = Vector512.Create(p[48]);
                a3 = Vector512.FusedMultiplyAdd(v, w0, a3);
                b3 = Vector512.FusedMultiplyAdd(v, w1, b3);
                v = Vector512.Create(p[64]);
                a4 = Vector512.FusedMultiplyAdd(v, w0, a4);
                b4 = Vector512.FusedMultiplyAdd(v, w1, b4);
                v = Vector512.Create(p[80]);
                a5 = Vector512.FusedMultiplyAdd(v, w0, a5);
                b5 = Vector512.FusedMultiplyAdd(v, w1, b5);
                v = Vector512.Create(p[96]);
                a6 = Vector512.FusedMultiplyAdd(v, w0, a6);
                b6 = Vector512.FusedMultiplyAdd(v, w1, b6);
                p++;
                channels--;
            }
            while (channels > 0);
        }

        a0.Store(sums);
        a1.Store(sums + 16);
        a2.Store(sums + 32);
        a3.Store(sums + 48);
        a4.Store(sums + 64);
        a5.Store(sums + 80);
        a6.Store(sums + 96);
        sums += sumStride;
        b0.Store(sums);
        b1.Store(sums + 16);
        b2.Store(sums + 32);
        b3.Store(sums + 48);
        b4.Store(sums + 64);
        b5.Store(sums + 80);
        b6.Store(sums + 96);
    }

    /// <summary>Two runs of seven pixels, one output block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile14x1(in DirectTerms terms, float* x, float* second, float* weights, float* sums, nint sumStride)
    {
        Vector512<float> a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13;
        if (terms.Accumulate)
        {
            a0 = Vector512.Load(sums);
            a1 = Vector512.Load(sums + 16);
            a2 = Vector512.Load(sums + 32);
            a3 = Vector512.Load(sums + 48);
            a4 = Vector512.Load(sums + 64);
            a5 = Vector512.Load(sums + 80);
            a6 = Vector512.Load(sums + 96);
            a7 = Vector512.Load(sums + 112);
            a8 = Vector512.Load(sums + 128);
            a9 = Vector512.Load(sums + 144);
            a10 = Vector512.Load(sums + 160);
            a11 = Vector512.Load(sums + 176);
            a12 = Vector512.Load(sums + 192);
            a13 = Vector512.Load(sums + 208);
        }
        else
        {
            a0 = a1 = a2 = a3 = a4 = a5 = a6 = a7 = a8 = a9 = a10 = a11 = a12 = a13 = Vector512.Load(terms.Bias);
        }

        var offsets = terms.Offsets;
        var entries = terms.Entries;
        for (var entry = 0; entry < entries; entry++)
        {
            var p = x + offsets[entry];
            var q = second + offsets[entry];
            var channels = entry < terms.WholeEntries ? 16 : terms.LastTerms;
            do
            {
                var w0 = *(Vector512<float>*)weights;
                weights += 16;
                Vector512<float> v;
                v = Vector512.Create(p[0]);
                a0 = Vector512.FusedMultiplyAdd(v, w0, a0);
                v = Vector512.Create(p[16]);
                a1 = Vector512.FusedMultiplyAdd(v, w0, a1);
                v = Vector512.Create(p[32]);
                a2 = Vector512.FusedMultiplyAdd(v, w0, a2);
                v = Vector512.Create(p[48]);
                a3 = Vector512.FusedMultiplyAdd(v, w0, a3);
                v = Vector512.Create(p[64]);
                a4 = Vector512.FusedMultiplyAdd(v, w0, a4);
                v = Vector512.Create(p[80]);
                a5 = Vector512.FusedMultiplyAdd(v, w0, a5);
                v = Vector512.Create(p[96]);
                a6 = Vector512.FusedMultiplyAdd(v, w0, a6);
                v = Vector512.Create(q[0]);
                a7 = Vector512.FusedMultiplyAdd(v, w0, a7);
                v = Vector512.Create(q[16]);
                a8 = Vector512.FusedMultiplyAdd(v, w0, a8);
                v = Vector512.Create(q[32]);
                a9 = Vector512.FusedMultiplyAdd(v, w0, a9);
                v = Vector512.Create(q[48]);
                a10 = Vector512.FusedMultiplyAdd(v, w0, a10);
                v = Vector512.Create(q[64]);
                a11 = Vector512.FusedMultiplyAdd(v, w0, a11);
                v = Vector512.Create(q[80]);
                a12 = Vector512.FusedMultiplyAdd(v, w0, a12);
                v = Vector512.Create(q[96]);
                a13 = Vector512.FusedMultiplyAdd(v, w0, a13);
                p++;
                q++;
                channels--;
            }
            while (channels > 0);
        }

        a0.Store(sums);
        a1.Store(sums + 16);
        a2.Store(sums + 32);
        a3.Store(sums + 48);
        a4.Store(sums + 64);
        a5.Store(sums + 80);
        a6.Store(sums + 96);
        a7.Store(sums + 112);
        a8.Store(sums + 128);
        a9.Store(sums + 144);
        a10.Store(sums + 160);
        a11.Store(sums + 176);
        a12.Store(sums + 192);
        a13.Store(sums + 208);
    }

    /// <summary>One run of seven pixels, one output block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile7x1(in DirectTerms terms, float* x, float* weights, float* sums, nint sumStride)
    {
        Vector512<float> a0, a1, a2, a3, a4, a5, a6;
        if (terms.Accumulate)
        {
            a0 = Vector512.Load(sums);
            a1 = Vector512.Load(sums + 16);
            a2 = Vector512.Load(sums + 32);
            a3 = Vector512.Load(sums + 48);
            a4 = Vector512.Load(sums + 64);
            a5 = Vector512.Load(sums + 80);
            a6 = Vector512.Load(sums + 96);
        }
        else
        {
            a0 = a1 = a2 = a3 = a4 = a5 = a6 = Vector512.Load(terms.Bias);
        }

        var offsets = terms.Offsets;
        var entries = terms.Entries;
        for (var entry = 0; entry < entries; entry++)
        {
            var p = x + offsets[entry];
            var channels = entry < terms.WholeEntries ? 16 : terms.LastTerms;
            do
            {
                var w0 = *(Vector512<float>*)weights;
                weights += 16;
                Vector512<float> v;
                v = Vector512.Create(p[0]);
                a0 = Vector512.FusedMultiplyAdd(v, w0, a0);
                v = Vector512.Create(p[16]);
                a1 = Vector512.FusedMultiplyAdd(v, w0, a1);
                v = Vector512.Create(p[32]);
                a2 = Vector512.FusedMultiplyAdd(v, w0, a2);
                v = Vector512.Create(p[48]);
                a3 = Vector512.FusedMultiplyAdd(v, w0, a3);
                v = Vector512.Create(p[64]);
                a4 = Vector512.FusedMultiplyAdd(v, w0, a4);
                v = Vector512.Create(p[80]);
                a5 = Vector512.FusedMultiplyAdd(v, w0, a5);
                v = Vector512.Create(p[96]);
                a6 = Vector512.FusedMultiplyAdd(v, w0, a6);
                p++;
                channels--;
            }
            while (channels > 0);
        }

        a0.Store(sums);
        a1.Store(sums + 16);
        a2.Store(sums + 32);
        a3.Store(sums + 48);
        a4.Store(sums + 64);
        a5.Store(sums + 80);
        a6.Store(sums + 96);
    }
}
