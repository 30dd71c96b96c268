using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Kernels;

/// <summary>
/// Scalar products of eight rows of weights with up to three samples: both lie along the inputs, so nothing has to be turned round. A lane sums every
/// sixteenth term; the lanes are added in the end. 24 sums hide the latency, eleven reads feed 24 multiply-adds.
/// </summary>
static unsafe class DotTile512
{
    /// <summary>Eight units, three samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot8x3(in WeightRows rows, float* x, nint sampleStride, nint count, float* sums, nint sumStride)
    {
        var w0 = rows.Row(0);
        var w1 = rows.Row(1);
        var w2 = rows.Row(2);
        var w3 = rows.Row(3);
        var w4 = rows.Row(4);
        var w5 = rows.Row(5);
        var w6 = rows.Row(6);
        var w7 = rows.Row(7);
        var x1 = x + sampleStride;
        var x2 = x + 2 * sampleStride;
        var sums1 = sums + sumStride;
        var sums2 = sums + 2 * sumStride;
        var a0 = Vector512.Load(sums);
        var a1 = Vector512.Load(sums + 16);
        var a2 = Vector512.Load(sums + 32);
        var a3 = Vector512.Load(sums + 48);
        var a4 = Vector512.Load(sums + 64);
        var a5 = Vector512.Load(sums + 80);
        var a6 = Vector512.Load(sums + 96);
        var a7 = Vector512.Load(sums + 112);
        var b0 = Vector512.Load(sums1);
        var b1 = Vector512.Load(sums1 + 16);
        var b2 = Vector512.Load(sums1 + 32);
        var b3 = Vector512.Load(sums1 + 48);
        var b4 = Vector512.Load(sums1 + 64);
        var b5 = Vector512.Load(sums1 + 80);
        var b6 = Vector512.Load(sums1 + 96);
        var b7 = Vector512.Load(sums1 + 112);
        var c0 = Vector512.Load(sums2);
        var c1 = Vector512.Load(sums2 + 16);
        var c2 = Vector512.Load(sums2 + 32);
        var c3 = Vector512.Load(sums2 + 48);
        var c4 = Vector512.Load(sums2 + 64);
        var c5 = Vector512.Load(sums2 + 80);
        var c6 = Vector512.Load(sums2 + 96);
        var c7 = Vector512.Load(sums2 + 112);
        for (nint i = 0; i < count; i += 16)
        {
            var v0 = *(Vector512<float>*)(x + i);
            var v1 = *(Vector512<float>*)(x1 + i);
            var v2 = *(Vector512<float>*)(x2 + i);
            var w = *(Vector512<float>*)(w0 + i);
            a0 = Vector512.FusedMultiplyAdd(w, v0, a0);
            b0 = Vector512.FusedMultiplyAdd(w, v1, b0);
            c0 = Vector512.FusedMultiplyAdd(w, v2, c0);
            w = *(Vector512<float>*)(w1 + i);
            a1 = Vector512.FusedMultiplyAdd(w, v0, a1);
            b1 = Vector512.FusedMultiplyAdd(w, v1, b1);
            c1 = Vector512.FusedMultiplyAdd(w, v2, c1);
            w = *(Vector512<float>*)(w2 + i);
            a2 = Vector512.FusedMultiplyAdd(w, v0, a2);
            b2 = Vector512.FusedMultiplyAdd(w, v1, b2);
            c2 = Vector512.FusedMultiplyAdd(w, v2, c2);
            w = *(Vector512<float>*)(w3 + i);
            a3 = Vector512.FusedMultiplyAdd(w, v0, a3);
            b3 = Vector512.FusedMultiplyAdd(w, v1, b3);
            c3 = Vector512.FusedMultiplyAdd(w, v2, c3);
            w = *(Vector512<float>*)(w4 + i);
            a4 = Vector512.FusedMultiplyAdd(w, v0, a4);
            b4 = Vector512.FusedMultiplyAdd(w, v1, b4);
            c4 = Vector512.FusedMultiplyAdd(w, v2, c4);
            w = *(Vector512<float>*)(w5 + i);
            a5 = Vector512.FusedMultiplyAdd(w, v0, a5);
            b5 = Vector512.FusedMultiplyAdd(w, v1, b5);
            c5 = Vector512.FusedMultiplyAdd(w, v2, c5);
            w = *(Vector512<float>*)(w6 + i);
            a6 = Vector512.FusedMultiplyAdd(w, v0, a6);
            b6 = Vector512.FusedMultiplyAdd(w, v1, b6);
            c6 = Vector512.FusedMultiplyAdd(w, v2, c6);
            w = *(Vector512<float>*)(w7 + i);
            a7 = Vector512.FusedMultiplyAdd(w, v0, a7);
            b7 = Vector512.FusedMultiplyAdd(w, v1, b7);
            c7 = Vector512.FusedMultiplyAdd(w, v2, c7);
        }

        a0.Store(sums);
        a1.Store(sums + 16);
        a2.Store(sums + 32);
        a3.Store(sums + 48);
        a4.Store(sums + 64);
        a5.Store(sums + 80);
        a6.Store(sums + 96);
        a7.Store(sums + 112);
        b0.Store(sums1);
        b1.Store(sums1 + 16);
        b2.Store(sums1 + 32);
        b3.Store(sums1 + 48);
        b4.Store(sums1 + 64);
        b5.Store(sums1 + 80);
        b6.Store(sums1 + 96);
        b7.Store(sums1 + 112);
        c0.Store(sums2);
        c1.Store(sums2 + 16);
        c2.Store(sums2 + 32);
        c3.Store(sums2 + 48);
        c4.Store(sums2 + 64);
        c5.Store(sums2 + 80);
        c6.Store(sums2 + 96);
        c7.Store(sums2 + 112);
    }

    /// <summary>Eight units, two samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot8x2(in WeightRows rows, float* x, nint sampleStride, nint count, float* sums, nint sumStride)
    {
        var w0 = rows.Row(0);
        var w1 = rows.Row(1);
        var w2 = rows.Row(2);
        var w3 = rows.Row(3);
        var w4 = rows.Row(4);
        var w5 = rows.Row(5);
        var w6 = rows.Row(6);
        var w7 = rows.Row(7);
        var x1 = x + sampleStride;
        var sums1 = sums + sumStride;
        var a0 = Vector512.Load(sums);
        var a1 = Vector512.Load(sums + 16);
        var a2 = Vector512.Load(sums + 32);
        var a3 = Vector512.Load(sums + 48);
        var a4 = Vector512.Load(sums + 64);
        var a5 = Vector512.Load(sums + 80);
        var a6 = Vector512.Load(sums + 96);
        var a7 = Vector512.Load(sums + 112);
        var b0 = Vector512.Load(sums1);
        var b1 = Vector512.Load(sums1 + 16);
        var b2 = Vector512.Load(sums1 + 32);
        var b3 = Vector512.Load(sums1 + 48);
        var b4 = Vector512.Load(sums1 + 64);
        var b5 = Vector512.Load(sums1 + 80);
        var b6 = Vector512.Load(sums1 + 96);
        var b7 = Vector512.Load(sums1 + 112);
        for (nint i = 0; i < count; i += 16)
        {
            var v0 = *(Vector512<float>*)(x + i);
            var v1 = *(Vector512<float>*)(x1 + i);
            var w = *(Vector512<float>*)(w0 + i);
            a0 = Vector512.FusedMultiplyAdd(w, v0, a0);
            b0 = Vector512.FusedMultiplyAdd(w, v1, b0);
            w = *(Vector512<float>*)(w1 + i);
            a1 = Vector512.FusedMultiplyAdd(w, v0, a1);
            b1 = Vector512.FusedMultiplyAdd(w, v1, b1);
            w = *(Vector512<float>*)(w2 + i);
            a2 = Vector512.FusedMultiplyAdd(w, v0, a2);
            b2 = Vector512.FusedMultiplyAdd(w, v1, b2);
            w = *(Vector512<float>*)(w3 + i);
            a3 = Vector512.FusedMultiplyAdd(w, v0, a3);
            b3 = Vector512.FusedMultiplyAdd(w, v1, b3);
            w = *(Vector512<float>*)(w4 + i);
            a4 = Vector512.FusedMultiplyAdd(w, v0, a4);
            b4 = Vector512.FusedMultiplyAdd(w, v1, b4);
            w = *(Vector512<float>*)(w5 + i);
            a5 = Vector512.FusedMultiplyAdd(w, v0, a5);
            b5 = Vector512.FusedMultiplyAdd(w, v1, b5);
            w = *(Vector512<float>*)(w6 + i);
            a6 = Vector512.FusedMultiplyAdd(w, v0, a6);
            b6 = Vector512.FusedMultiplyAdd(w, v1, b6);
            w = *(Vector512<float>*)(w7 + i);
            a7 = Vector512.FusedMultiplyAdd(w, v0, a7);
            b7 = Vector512.FusedMultiplyAdd(w, v1, b7);
        }

        a0.Store(sums);
        a1.Store(sums + 16);
        a2.Store(sums + 32);
        a3.Store(sums + 48);
        a4.Store(sums + 64);
        a5.Store(sums + 80);
        a6.Store(sums + 96);
        a7.Store(sums + 112);
        b0.Store(sums1);
        b1.Store(sums1 + 16);
        b2.Store(sums1 + 32);
        b3.Store(sums1 + 48);
        b4.Store(sums1 + 64);
        b5.Store(sums1 + 80);
        b6.Store(sums1 + 96);
        b7.Store(sums1 + 112);
    }

    /// <summary>Eight units, one sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot8x1(in WeightRows rows, float* x, nint sampleStride, nint count, float* sums, nint sumStride)
    {
        var w0 = rows.Row(0);
        var w1 = rows.Row(1);
        var w2 = rows.Row(2);
        var w3 = rows.Row(3);
        var w4 = rows.Row(4);
        var w5 = rows.Row(5);
        var w6 = rows.Row(6);
        var w7 = rows.Row(7);
        var a0 = Vector512.Load(sums);
        var a1 = Vector512.Load(sums + 16);
        var a2 = Vector512.Load(sums + 32);
        var a3 = Vector512.Load(sums + 48);
        var a4 = Vector512.Load(sums + 64);
        var a5 = Vector512.Load(sums + 80);
        var a6 = Vector512.Load(sums + 96);
        var a7 = Vector512.Load(sums + 112);
        for (nint i = 0; i < count; i += 16)
        {
            var v0 = *(Vector512<float>*)(x + i);
            var w = *(Vector512<float>*)(w0 + i);
            a0 = Vector512.FusedMultiplyAdd(w, v0, a0);
            w = *(Vector512<float>*)(w1 + i);
            a1 = Vector512.FusedMultiplyAdd(w, v0, a1);
            w = *(Vector512<float>*)(w2 + i);
            a2 = Vector512.FusedMultiplyAdd(w, v0, a2);
            w = *(Vector512<float>*)(w3 + i);
            a3 = Vector512.FusedMultiplyAdd(w, v0, a3);
            w = *(Vector512<float>*)(w4 + i);
            a4 = Vector512.FusedMultiplyAdd(w, v0, a4);
            w = *(Vector512<float>*)(w5 + i);
            a5 = Vector512.FusedMultiplyAdd(w, v0, a5);
            w = *(Vector512<float>*)(w6 + i);
            a6 = Vector512.FusedMultiplyAdd(w, v0, a6);
            w = *(Vector512<float>*)(w7 + i);
            a7 = Vector512.FusedMultiplyAdd(w, v0, a7);
        }

        a0.Store(sums);
        a1.Store(sums + 16);
        a2.Store(sums + 32);
        a3.Store(sums + 48);
        a4.Store(sums + 64);
        a5.Store(sums + 80);
        a6.Store(sums + 96);
        a7.Store(sums + 112);
    }
}
