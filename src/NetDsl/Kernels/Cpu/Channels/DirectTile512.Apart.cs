using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Kernels;

/// <content>The tile whose pixels lie as far apart as they please: what <see cref="DirectTile"/> takes where there are 32 wide registers.</content>
static unsafe partial class DirectTile512
{
    /// <summary>Eight pixels as far apart as the terms say, two output blocks: vectors of a dense layer, or pixels of a compact row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x2<TStep>(in DirectTerms terms, float* x, float* weights, float* sums, nint sumStride)
        where TStep : struct, IPixelStep
    {
        var step = TStep.Floats(terms.PixelStep);
        var (step2, step3) = (2 * step, 3 * step);
        Vector512<float> a0, a1, a2, a3, a4, a5, a6, a7, b0, b1, b2, b3, b4, b5, b6, b7;
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
            var upper = sums + sumStride;
            b0 = Vector512.Load(upper);
            b1 = Vector512.Load(upper + 16);
            b2 = Vector512.Load(upper + 32);
            b3 = Vector512.Load(upper + 48);
            b4 = Vector512.Load(upper + 64);
            b5 = Vector512.Load(upper + 80);
            b6 = Vector512.Load(upper + 96);
            b7 = Vector512.Load(upper + 112);
        }
        else
        {
            a0 = a1 = a2 = a3 = a4 = a5 = a6 = a7 = Vector512.Load(terms.Bias);
            b0 = b1 = b2 = b3 = b4 = b5 = b6 = b7 = Vector512.Load(terms.Bias + 16);
        }

        var offsets = terms.Offsets;
        var entries = terms.Entries;
        for (var entry = 0; entry < entries; entry++)
        {
            var p = x + offsets[entry];
            var q = p + 4 * step;
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
                v = Vector512.Create(p[step]);
                a1 = Vector512.FusedMultiplyAdd(v, w0, a1);
                b1 = Vector512.FusedMultiplyAdd(v, w1, b1);
                v = Vector512.Create(p[step2]);
                a2 = Vector512.FusedMultiplyAdd(v, w0, a2);
                b2 = Vector512.FusedMultiplyAdd(v, w1, b2);
                v = Vector512.Create(p[step3]);
                a3 = Vector512.FusedMultiplyAdd(v, w0, a3);
                b3 = Vector512.FusedMultiplyAdd(v, w1, b3);
                v = Vector512.Create(q[0]);
                a4 = Vector512.FusedMultiplyAdd(v, w0, a4);
                b4 = Vector512.FusedMultiplyAdd(v, w1, b4);
                v = Vector512.Create(q[step]);
                a5 = Vector512.FusedMultiplyAdd(v, w0, a5);
                b5 = Vector512.FusedMultiplyAdd(v, w1, b5);
                v = Vector512.Create(q[step2]);
                a6 = Vector512.FusedMultiplyAdd(v, w0, a6);
                b6 = Vector512.FusedMultiplyAdd(v, w1, b6);
                v = Vector512.Create(q[step3]);
                a7 = Vector512.FusedMultiplyAdd(v, w0, a7);
                b7 = Vector512.FusedMultiplyAdd(v, w1, b7);
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
        sums += sumStride;
        b0.Store(sums);
        b1.Store(sums + 16);
        b2.Store(sums + 32);
        b3.Store(sums + 48);
        b4.Store(sums + 64);
        b5.Store(sums + 80);
        b6.Store(sums + 96);
        b7.Store(sums + 112);
    }
}
