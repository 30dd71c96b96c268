using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>The register tile for 32 registers: up to six target channels × four vectors of samples.</summary>
static unsafe class SampleTile4
{
    /// <summary>Sums the terms of <typeparamref name="TTargets"/> target channels.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="sums">Takes the sums, [pixel][target][vector].</param>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <typeparam name="TTargets">How many target channels: one to six.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum<T, TTargets>(in SampleTerms terms, float* sums)
        where T : struct, IMemoryLanes<T>
        where TTargets : struct, ITileCount
    {
        var second = terms.Second;
        var third = terms.Third;
        var fourth = terms.Fourth;
        var (stride, tap, weightTap) = (terms.TargetStride, terms.SourceTap, terms.WeightTap);

        // All loops are one walk through source and weight: behind a row, and behind a channel, it leaps to where the next begins.
        var (nextRow, nextChannel) = (terms.SourceRow - terms.Taps * tap, terms.SourceChannel - terms.Rows * terms.SourceRow);
        var (nextWeightRow, nextWeightChannel) = (terms.WeightRow - terms.Taps * weightTap, terms.WeightChannel - terms.Rows * terms.WeightRow);
        var w0 = terms.Weights;
        var w1 = w0 + stride;
        var w2 = w1 + stride;
        var w3 = w2 + stride;
        var w4 = w3 + stride;
        var w5 = w4 + stride;
        for (var pixel = 0; pixel < terms.Pixels; pixel++)
        {
            var a0 = terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[0]);
            var b0 = TTargets.Value <= 1 || terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[1]);
            var c0 = TTargets.Value <= 2 || terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[2]);
            var d0 = TTargets.Value <= 3 || terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[3]);
            var e0 = TTargets.Value <= 4 || terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[4]);
            var f0 = TTargets.Value <= 5 || terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[5]);
            T a1 = a0, a2 = a0, a3 = a0;
            T b1 = b0, b2 = b0, b3 = b0;
            T c1 = c0, c2 = c0, c3 = c0;
            T d1 = d0, d2 = d0, d3 = d0;
            T e1 = e0, e2 = e0, e3 = e0;
            T f1 = f0, f2 = f0, f3 = f0;
            var x = terms.Source + pixel * terms.PixelStride;
            nint k = 0;
            for (var channels = terms.Channels; channels > 0; channels--)
            {
                for (var rows = terms.Rows; rows > 0; rows--)
                {
                    for (var left = terms.Taps; left > 0; left--)
                    {
                        var x0 = T.Load(x);
                        var x1 = T.Load(x + second);
                        var x2 = T.Load(x + third);
                        var x3 = T.Load(x + fourth);
                        var w = T.Create(w0[k]);
                        a0 = T.MultiplyAdd(w, x0, a0);
                        a1 = T.MultiplyAdd(w, x1, a1);
                        a2 = T.MultiplyAdd(w, x2, a2);
                        a3 = T.MultiplyAdd(w, x3, a3);

                        if (TTargets.Value > 1)
                        {
                            w = T.Create(w1[k]);
                            b0 = T.MultiplyAdd(w, x0, b0);
                            b1 = T.MultiplyAdd(w, x1, b1);
                            b2 = T.MultiplyAdd(w, x2, b2);
                            b3 = T.MultiplyAdd(w, x3, b3);
                        }

                        if (TTargets.Value > 2)
                        {
                            w = T.Create(w2[k]);
                            c0 = T.MultiplyAdd(w, x0, c0);
                            c1 = T.MultiplyAdd(w, x1, c1);
                            c2 = T.MultiplyAdd(w, x2, c2);
                            c3 = T.MultiplyAdd(w, x3, c3);
                        }

                        if (TTargets.Value > 3)
                        {
                            w = T.Create(w3[k]);
                            d0 = T.MultiplyAdd(w, x0, d0);
                            d1 = T.MultiplyAdd(w, x1, d1);
                            d2 = T.MultiplyAdd(w, x2, d2);
                            d3 = T.MultiplyAdd(w, x3, d3);
                        }

                        if (TTargets.Value > 4)
                        {
                            w = T.Create(w4[k]);
                            e0 = T.MultiplyAdd(w, x0, e0);
                            e1 = T.MultiplyAdd(w, x1, e1);
                            e2 = T.MultiplyAdd(w, x2, e2);
                            e3 = T.MultiplyAdd(w, x3, e3);
                        }

                        if (TTargets.Value > 5)
                        {
                            w = T.Create(w5[k]);
                            f0 = T.MultiplyAdd(w, x0, f0);
                            f1 = T.MultiplyAdd(w, x1, f1);
                            f2 = T.MultiplyAdd(w, x2, f2);
                            f3 = T.MultiplyAdd(w, x3, f3);
                        }

                        x += tap;
                        k += weightTap;
                    }

                    x += nextRow;
                    k += nextWeightRow;
                }

                x += nextChannel;
                k += nextWeightChannel;
            }

            T.Store(sums, a0);
            T.Store(sums + T.Count, a1);
            T.Store(sums + 2 * T.Count, a2);
            T.Store(sums + 3 * T.Count, a3);

            if (TTargets.Value > 1)
            {
                T.Store(sums + 4 * T.Count, b0);
                T.Store(sums + 5 * T.Count, b1);
                T.Store(sums + 6 * T.Count, b2);
                T.Store(sums + 7 * T.Count, b3);
            }

            if (TTargets.Value > 2)
            {
                T.Store(sums + 8 * T.Count, c0);
                T.Store(sums + 9 * T.Count, c1);
                T.Store(sums + 10 * T.Count, c2);
                T.Store(sums + 11 * T.Count, c3);
            }

            if (TTargets.Value > 3)
            {
                T.Store(sums + 12 * T.Count, d0);
                T.Store(sums + 13 * T.Count, d1);
                T.Store(sums + 14 * T.Count, d2);
                T.Store(sums + 15 * T.Count, d3);
            }

            if (TTargets.Value > 4)
            {
                T.Store(sums + 16 * T.Count, e0);
                T.Store(sums + 17 * T.Count, e1);
                T.Store(sums + 18 * T.Count, e2);
                T.Store(sums + 19 * T.Count, e3);
            }

            if (TTargets.Value > 5)
            {
                T.Store(sums + 20 * T.Count, f0);
                T.Store(sums + 21 * T.Count, f1);
                T.Store(sums + 22 * T.Count, f2);
                T.Store(sums + 23 * T.Count, f3);
            }

            sums += 4 * TTargets.Value * T.Count;
        }
    }
}
