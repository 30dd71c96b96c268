using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Kernels;

/// <summary>
/// The tiles of <see cref="PackedMatrixProduct"/> by Winograd's inner products: of three inputs two are a pair, (x₀ + w₁)(x₁ + w₀), and the third is multiplied as ever. Two thirds of the
/// multiplications and four additions for three terms: where an adder stands beside each multiplier, a tile takes a third less time than multiply-adds alone. Every sum goes through the
/// inputs in the same order in all tiles.
/// </summary>
static unsafe class PairedTile512
{
    /// <summary>Floats of weights of an input: two registers.</summary>
    const int Panel = 32;

    /// <summary>Eight vectors, one panel: sixteen sums, and a read feeds two of them.</summary>
    /// <param name="rows">The vectors.</param>
    /// <param name="row">The first.</param>
    /// <param name="weights">The panel, and what belongs to it behind.</param>
    /// <param name="biases">What is added to each unit.</param>
    /// <param name="sums">Results of the first sixteen units: [vector][16].</param>
    /// <param name="sumStride">Floats from them to those of the next sixteen.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x2(in PairedRows rows, int row, float* weights, float* biases, float* sums, nint sumStride)
    {
        var step = rows.Pitch;
        var (step2, step3) = (2 * step, 3 * step);
        var p = rows.Row(row);
        var q = p + (4 * step);
        var triples = rows.Triples;
        var tail = weights + (triples * PairedRows.Triple * Panel);
        var w0 = *(Vector512<float>*)tail;
        var w1 = *(Vector512<float>*)(tail + 16);
        Vector512<float> v;
        v = Vector512.Create(-rows.Sum(row));
        var a0 = v - w0;
        var a1 = v - w1;
        v = Vector512.Create(-rows.Sum(row + 1));
        var b0 = v - w0;
        var b1 = v - w1;
        v = Vector512.Create(-rows.Sum(row + 2));
        var c0 = v - w0;
        var c1 = v - w1;
        v = Vector512.Create(-rows.Sum(row + 3));
        var d0 = v - w0;
        var d1 = v - w1;
        v = Vector512.Create(-rows.Sum(row + 4));
        var e0 = v - w0;
        var e1 = v - w1;
        v = Vector512.Create(-rows.Sum(row + 5));
        var f0 = v - w0;
        var f1 = v - w1;
        v = Vector512.Create(-rows.Sum(row + 6));
        var g0 = v - w0;
        var g1 = v - w1;
        v = Vector512.Create(-rows.Sum(row + 7));
        var h0 = v - w0;
        var h1 = v - w1;
        for (nint triple = 0; triple < triples; triple++)
        {
            w0 = *(Vector512<float>*)weights;
            w1 = *(Vector512<float>*)(weights + 16);
            var z0 = *(Vector512<float>*)(weights + 32);
            var z1 = *(Vector512<float>*)(weights + 48);
            Vector512<float> u;
            v = Vector512.Create(p[0]);
            u = Vector512.Create(p[1]);
            a0 = Vector512.FusedMultiplyAdd(v + z0, u + w0, a0);
            a1 = Vector512.FusedMultiplyAdd(v + z1, u + w1, a1);
            v = Vector512.Create(p[step]);
            u = Vector512.Create(p[step + 1]);
            b0 = Vector512.FusedMultiplyAdd(v + z0, u + w0, b0);
            b1 = Vector512.FusedMultiplyAdd(v + z1, u + w1, b1);
            v = Vector512.Create(p[step2]);
            u = Vector512.Create(p[step2 + 1]);
            c0 = Vector512.FusedMultiplyAdd(v + z0, u + w0, c0);
            c1 = Vector512.FusedMultiplyAdd(v + z1, u + w1, c1);
            v = Vector512.Create(p[step3]);
            u = Vector512.Create(p[step3 + 1]);
            d0 = Vector512.FusedMultiplyAdd(v + z0, u + w0, d0);
            d1 = Vector512.FusedMultiplyAdd(v + z1, u + w1, d1);
            v = Vector512.Create(q[0]);
            u = Vector512.Create(q[1]);
            e0 = Vector512.FusedMultiplyAdd(v + z0, u + w0, e0);
            e1 = Vector512.FusedMultiplyAdd(v + z1, u + w1, e1);
            v = Vector512.Create(q[step]);
            u = Vector512.Create(q[step + 1]);
            f0 = Vector512.FusedMultiplyAdd(v + z0, u + w0, f0);
            f1 = Vector512.FusedMultiplyAdd(v + z1, u + w1, f1);
            v = Vector512.Create(q[step2]);
            u = Vector512.Create(q[step2 + 1]);
            g0 = Vector512.FusedMultiplyAdd(v + z0, u + w0, g0);
            g1 = Vector512.FusedMultiplyAdd(v + z1, u + w1, g1);
            v = Vector512.Create(q[step3]);
            u = Vector512.Create(q[step3 + 1]);
            h0 = Vector512.FusedMultiplyAdd(v + z0, u + w0, h0);
            h1 = Vector512.FusedMultiplyAdd(v + z1, u + w1, h1);
            w0 = *(Vector512<float>*)(weights + 64);
            w1 = *(Vector512<float>*)(weights + 80);
            v = Vector512.Create(p[2]);
            a0 = Vector512.FusedMultiplyAdd(v, w0, a0);
            a1 = Vector512.FusedMultiplyAdd(v, w1, a1);
            v = Vector512.Create(p[step + 2]);
            b0 = Vector512.FusedMultiplyAdd(v, w0, b0);
            b1 = Vector512.FusedMultiplyAdd(v, w1, b1);
            v = Vector512.Create(p[step2 + 2]);
            c0 = Vector512.FusedMultiplyAdd(v, w0, c0);
            c1 = Vector512.FusedMultiplyAdd(v, w1, c1);
            v = Vector512.Create(p[step3 + 2]);
            d0 = Vector512.FusedMultiplyAdd(v, w0, d0);
            d1 = Vector512.FusedMultiplyAdd(v, w1, d1);
            v = Vector512.Create(q[2]);
            e0 = Vector512.FusedMultiplyAdd(v, w0, e0);
            e1 = Vector512.FusedMultiplyAdd(v, w1, e1);
            v = Vector512.Create(q[step + 2]);
            f0 = Vector512.FusedMultiplyAdd(v, w0, f0);
            f1 = Vector512.FusedMultiplyAdd(v, w1, f1);
            v = Vector512.Create(q[step2 + 2]);
            g0 = Vector512.FusedMultiplyAdd(v, w0, g0);
            g1 = Vector512.FusedMultiplyAdd(v, w1, g1);
            v = Vector512.Create(q[step3 + 2]);
            h0 = Vector512.FusedMultiplyAdd(v, w0, h0);
            h1 = Vector512.FusedMultiplyAdd(v, w1, h1);
            p += PairedRows.Triple;
            q += PairedRows.Triple;
            weights += PairedRows.Triple * Panel;
        }

        var upper = sums + sumStride;
        var up0 = *(Vector512<float>*)(tail + Panel);
        var up1 = *(Vector512<float>*)(tail + Panel + 16);
        w0 = *(Vector512<float>*)biases;
        w1 = *(Vector512<float>*)(biases + 16);
        v = Vector512.Create(rows.Scale(row));
        Vector512.FusedMultiplyAdd(a0 * up0, v, w0).Store(sums);
        Vector512.FusedMultiplyAdd(a1 * up1, v, w1).Store(upper);
        v = Vector512.Create(rows.Scale(row + 1));
        Vector512.FusedMultiplyAdd(b0 * up0, v, w0).Store(sums + 16);
        Vector512.FusedMultiplyAdd(b1 * up1, v, w1).Store(upper + 16);
        v = Vector512.Create(rows.Scale(row + 2));
        Vector512.FusedMultiplyAdd(c0 * up0, v, w0).Store(sums + 32);
        Vector512.FusedMultiplyAdd(c1 * up1, v, w1).Store(upper + 32);
        v = Vector512.Create(rows.Scale(row + 3));
        Vector512.FusedMultiplyAdd(d0 * up0, v, w0).Store(sums + 48);
        Vector512.FusedMultiplyAdd(d1 * up1, v, w1).Store(upper + 48);
        v = Vector512.Create(rows.Scale(row + 4));
        Vector512.FusedMultiplyAdd(e0 * up0, v, w0).Store(sums + 64);
        Vector512.FusedMultiplyAdd(e1 * up1, v, w1).Store(upper + 64);
        v = Vector512.Create(rows.Scale(row + 5));
        Vector512.FusedMultiplyAdd(f0 * up0, v, w0).Store(sums + 80);
        Vector512.FusedMultiplyAdd(f1 * up1, v, w1).Store(upper + 80);
        v = Vector512.Create(rows.Scale(row + 6));
        Vector512.FusedMultiplyAdd(g0 * up0, v, w0).Store(sums + 96);
        Vector512.FusedMultiplyAdd(g1 * up1, v, w1).Store(upper + 96);
        v = Vector512.Create(rows.Scale(row + 7));
        Vector512.FusedMultiplyAdd(h0 * up0, v, w0).Store(sums + 112);
        Vector512.FusedMultiplyAdd(h1 * up1, v, w1).Store(upper + 112);
    }

    /// <summary>Four vectors.</summary>
    /// <inheritdoc cref="Tile8x2"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x2(in PairedRows rows, int row, float* weights, float* biases, float* sums, nint sumStride)
    {
        var step = rows.Pitch;
        var (step2, step3) = (2 * step, 3 * step);
        var p = rows.Row(row);
        var triples = rows.Triples;
        var tail = weights + (triples * PairedRows.Triple * Panel);
        var w0 = *(Vector512<float>*)tail;
        var w1 = *(Vector512<float>*)(tail + 16);
        Vector512<float> v;
        v = Vector512.Create(-rows.Sum(row));
        var a0 = v - w0;
        var a1 = v - w1;
        v = Vector512.Create(-rows.Sum(row + 1));
        var b0 = v - w0;
        var b1 = v - w1;
        v = Vector512.Create(-rows.Sum(row + 2));
        var c0 = v - w0;
        var c1 = v - w1;
        v = Vector512.Create(-rows.Sum(row + 3));
        var d0 = v - w0;
        var d1 = v - w1;
        for (nint triple = 0; triple < triples; triple++)
        {
            w0 = *(Vector512<float>*)weights;
            w1 = *(Vector512<float>*)(weights + 16);
            var z0 = *(Vector512<float>*)(weights + 32);
            var z1 = *(Vector512<float>*)(weights + 48);
            Vector512<float> u;
            v = Vector512.Create(p[0]);
            u = Vector512.Create(p[1]);
            a0 = Vector512.FusedMultiplyAdd(v + z0, u + w0, a0);
            a1 = Vector512.FusedMultiplyAdd(v + z1, u + w1, a1);
            v = Vector512.Create(p[step]);
            u = Vector512.Create(p[step + 1]);
            b0 = Vector512.FusedMultiplyAdd(v + z0, u + w0, b0);
            b1 = Vector512.FusedMultiplyAdd(v + z1, u + w1, b1);
            v = Vector512.Create(p[step2]);
            u = Vector512.Create(p[step2 + 1]);
            c0 = Vector512.FusedMultiplyAdd(v + z0, u + w0, c0);
            c1 = Vector512.FusedMultiplyAdd(v + z1, u + w1, c1);
            v = Vector512.Create(p[step3]);
            u = Vector512.Create(p[step3 + 1]);
            d0 = Vector512.FusedMultiplyAdd(v + z0, u + w0, d0);
            d1 = Vector512.FusedMultiplyAdd(v + z1, u + w1, d1);
            w0 = *(Vector512<float>*)(weights + 64);
            w1 = *(Vector512<float>*)(weights + 80);
            v = Vector512.Create(p[2]);
            a0 = Vector512.FusedMultiplyAdd(v, w0, a0);
            a1 = Vector512.FusedMultiplyAdd(v, w1, a1);
            v = Vector512.Create(p[step + 2]);
            b0 = Vector512.FusedMultiplyAdd(v, w0, b0);
            b1 = Vector512.FusedMultiplyAdd(v, w1, b1);
            v = Vector512.Create(p[step2 + 2]);
            c0 = Vector512.FusedMultiplyAdd(v, w0, c0);
            c1 = Vector512.FusedMultiplyAdd(v, w1, c1);
            v = Vector512.Create(p[step3 + 2]);
            d0 = Vector512.FusedMultiplyAdd(v, w0, d0);
            d1 = Vector512.FusedMultiplyAdd(v, w1, d1);
            p += PairedRows.Triple;
            weights += PairedRows.Triple * Panel;
        }

        var upper = sums + sumStride;
        var up0 = *(Vector512<float>*)(tail + Panel);
        var up1 = *(Vector512<float>*)(tail + Panel + 16);
        w0 = *(Vector512<float>*)biases;
        w1 = *(Vector512<float>*)(biases + 16);
        v = Vector512.Create(rows.Scale(row));
        Vector512.FusedMultiplyAdd(a0 * up0, v, w0).Store(sums);
        Vector512.FusedMultiplyAdd(a1 * up1, v, w1).Store(upper);
        v = Vector512.Create(rows.Scale(row + 1));
        Vector512.FusedMultiplyAdd(b0 * up0, v, w0).Store(sums + 16);
        Vector512.FusedMultiplyAdd(b1 * up1, v, w1).Store(upper + 16);
        v = Vector512.Create(rows.Scale(row + 2));
        Vector512.FusedMultiplyAdd(c0 * up0, v, w0).Store(sums + 32);
        Vector512.FusedMultiplyAdd(c1 * up1, v, w1).Store(upper + 32);
        v = Vector512.Create(rows.Scale(row + 3));
        Vector512.FusedMultiplyAdd(d0 * up0, v, w0).Store(sums + 48);
        Vector512.FusedMultiplyAdd(d1 * up1, v, w1).Store(upper + 48);
    }

    /// <summary>One vector.</summary>
    /// <inheritdoc cref="Tile8x2"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile1x2(in PairedRows rows, int row, float* weights, float* biases, float* sums, nint sumStride)
    {
        var p = rows.Row(row);
        var triples = rows.Triples;
        var tail = weights + (triples * PairedRows.Triple * Panel);
        var w0 = *(Vector512<float>*)tail;
        var w1 = *(Vector512<float>*)(tail + 16);
        var v = Vector512.Create(-rows.Sum(row));
        var a0 = v - w0;
        var a1 = v - w1;
        for (nint triple = 0; triple < triples; triple++)
        {
            w0 = *(Vector512<float>*)weights;
            w1 = *(Vector512<float>*)(weights + 16);
            var z0 = *(Vector512<float>*)(weights + 32);
            var z1 = *(Vector512<float>*)(weights + 48);
            v = Vector512.Create(p[0]);
            var s = Vector512.Create(p[1]);
            a0 = Vector512.FusedMultiplyAdd(v + z0, s + w0, a0);
            a1 = Vector512.FusedMultiplyAdd(v + z1, s + w1, a1);
            w0 = *(Vector512<float>*)(weights + 64);
            w1 = *(Vector512<float>*)(weights + 80);
            v = Vector512.Create(p[2]);
            a0 = Vector512.FusedMultiplyAdd(v, w0, a0);
            a1 = Vector512.FusedMultiplyAdd(v, w1, a1);
            p += PairedRows.Triple;
            weights += PairedRows.Triple * Panel;
        }

        w0 = *(Vector512<float>*)biases;
        w1 = *(Vector512<float>*)(biases + 16);
        v = Vector512.Create(rows.Scale(row));
        Vector512.FusedMultiplyAdd(a0 * *(Vector512<float>*)(tail + Panel), v, w0).Store(sums);
        Vector512.FusedMultiplyAdd(a1 * *(Vector512<float>*)(tail + Panel + 16), v, w1).Store(sums + sumStride);
    }
}
