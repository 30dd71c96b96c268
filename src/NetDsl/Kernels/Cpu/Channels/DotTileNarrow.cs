using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>Scalar products for sixteen registers of any width: four rows of weights with two samples or one.</summary>
static unsafe class DotTileNarrow
{
    /// <summary>Four units from <paramref name="unit"/>, two samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot4x2<T>(in WeightRows rows, int unit, float* x, nint sampleStride, nint count, float* sums, nint sumStride)
        where T : struct, IMemoryLanes<T>
    {
        var w0 = rows.Row(unit);
        var w1 = rows.Row(unit + 1);
        var w2 = rows.Row(unit + 2);
        var w3 = rows.Row(unit + 3);
        var y = x + sampleStride;
        sums += unit * T.Count;
        var next = sums + sumStride;
        var a0 = T.Load(sums);
        var a1 = T.Load(sums + T.Count);
        var a2 = T.Load(sums + 2 * T.Count);
        var a3 = T.Load(sums + 3 * T.Count);
        var b0 = T.Load(next);
        var b1 = T.Load(next + T.Count);
        var b2 = T.Load(next + 2 * T.Count);
        var b3 = T.Load(next + 3 * T.Count);
        for (nint i = 0; i < count; i += T.Count)
        {
            var u = T.Load(x + i);
            var v = T.Load(y + i);
            var w = T.Load(w0 + i);
            a0 = T.MultiplyAdd(w, u, a0);
            b0 = T.MultiplyAdd(w, v, b0);
            w = T.Load(w1 + i);
            a1 = T.MultiplyAdd(w, u, a1);
            b1 = T.MultiplyAdd(w, v, b1);
            w = T.Load(w2 + i);
            a2 = T.MultiplyAdd(w, u, a2);
            b2 = T.MultiplyAdd(w, v, b2);
            w = T.Load(w3 + i);
            a3 = T.MultiplyAdd(w, u, a3);
            b3 = T.MultiplyAdd(w, v, b3);
        }

        T.Store(sums, a0);
        T.Store(sums + T.Count, a1);
        T.Store(sums + 2 * T.Count, a2);
        T.Store(sums + 3 * T.Count, a3);
        T.Store(next, b0);
        T.Store(next + T.Count, b1);
        T.Store(next + 2 * T.Count, b2);
        T.Store(next + 3 * T.Count, b3);
    }

    /// <summary>Four units from <paramref name="unit"/>, one sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot4x1<T>(in WeightRows rows, int unit, float* x, nint count, float* sums)
        where T : struct, IMemoryLanes<T>
    {
        var w0 = rows.Row(unit);
        var w1 = rows.Row(unit + 1);
        var w2 = rows.Row(unit + 2);
        var w3 = rows.Row(unit + 3);
        sums += unit * T.Count;
        var a0 = T.Load(sums);
        var a1 = T.Load(sums + T.Count);
        var a2 = T.Load(sums + 2 * T.Count);
        var a3 = T.Load(sums + 3 * T.Count);
        for (nint i = 0; i < count; i += T.Count)
        {
            var u = T.Load(x + i);
            a0 = T.MultiplyAdd(T.Load(w0 + i), u, a0);
            a1 = T.MultiplyAdd(T.Load(w1 + i), u, a1);
            a2 = T.MultiplyAdd(T.Load(w2 + i), u, a2);
            a3 = T.MultiplyAdd(T.Load(w3 + i), u, a3);
        }

        T.Store(sums, a0);
        T.Store(sums + T.Count, a1);
        T.Store(sums + 2 * T.Count, a2);
        T.Store(sums + 3 * T.Count, a3);
    }
}
