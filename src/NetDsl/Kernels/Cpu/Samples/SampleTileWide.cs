using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// The register tile: up to six target channels × two vectors of samples for 16 registers, × four for 32. Twelve sums hide the latency of a multiply-add, and eight reads
/// for twelve of them leave the multipliers busy.
/// </summary>
static unsafe class SampleTileWide
{
    /// <summary>Sums the terms of <typeparamref name="TTargets"/> target channels.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="sums">Takes the sums, [pixel][target][vector].</param>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <typeparam name="TTargets">How many target channels: one to six.</typeparam>
    /// <typeparam name="TVectors">How many vectors of samples: two or four.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum<T, TTargets, TVectors>(in SampleTerms terms, float* sums)
        where T : struct, IMemoryLanes<T>
        where TTargets : struct, ITileCount
        where TVectors : struct, ITileCount
    {
        var (second, third, fourth) = (terms.Second, terms.Third, terms.Fourth);
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
                        var x2 = TVectors.Value > 2 ? T.Load(x + third) : x0;
                        var x3 = TVectors.Value > 2 ? T.Load(x + fourth) : x0;
                        var w = T.Create(w0[k]);
                        a0 = T.MultiplyAdd(w, x0, a0);
                        a1 = T.MultiplyAdd(w, x1, a1);
                        a2 = TVectors.Value > 2 ? T.MultiplyAdd(w, x2, a2) : a2;
                        a3 = TVectors.Value > 2 ? T.MultiplyAdd(w, x3, a3) : a3;

                        if (TTargets.Value > 1)
                        {
                            w = T.Create(w1[k]);
                            b0 = T.MultiplyAdd(w, x0, b0);
                            b1 = T.MultiplyAdd(w, x1, b1);
                            b2 = TVectors.Value > 2 ? T.MultiplyAdd(w, x2, b2) : b2;
                            b3 = TVectors.Value > 2 ? T.MultiplyAdd(w, x3, b3) : b3;
                        }

                        if (TTargets.Value > 2)
                        {
                            w = T.Create(w2[k]);
                            c0 = T.MultiplyAdd(w, x0, c0);
                            c1 = T.MultiplyAdd(w, x1, c1);
                            c2 = TVectors.Value > 2 ? T.MultiplyAdd(w, x2, c2) : c2;
                            c3 = TVectors.Value > 2 ? T.MultiplyAdd(w, x3, c3) : c3;
                        }

                        if (TTargets.Value > 3)
                        {
                            w = T.Create(w3[k]);
                            d0 = T.MultiplyAdd(w, x0, d0);
                            d1 = T.MultiplyAdd(w, x1, d1);
                            d2 = TVectors.Value > 2 ? T.MultiplyAdd(w, x2, d2) : d2;
                            d3 = TVectors.Value > 2 ? T.MultiplyAdd(w, x3, d3) : d3;
                        }

                        if (TTargets.Value > 4)
                        {
                            w = T.Create(w4[k]);
                            e0 = T.MultiplyAdd(w, x0, e0);
                            e1 = T.MultiplyAdd(w, x1, e1);
                            e2 = TVectors.Value > 2 ? T.MultiplyAdd(w, x2, e2) : e2;
                            e3 = TVectors.Value > 2 ? T.MultiplyAdd(w, x3, e3) : e3;
                        }

                        if (TTargets.Value > 5)
                        {
                            w = T.Create(w5[k]);
                            f0 = T.MultiplyAdd(w, x0, f0);
                            f1 = T.MultiplyAdd(w, x1, f1);
                            f2 = TVectors.Value > 2 ? T.MultiplyAdd(w, x2, f2) : f2;
                            f3 = TVectors.Value > 2 ? T.MultiplyAdd(w, x3, f3) : f3;
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

            Put<T, TVectors>(ref sums, a0, a1, a2, a3);

            if (TTargets.Value > 1)
            {
                Put<T, TVectors>(ref sums, b0, b1, b2, b3);
            }

            if (TTargets.Value > 2)
            {
                Put<T, TVectors>(ref sums, c0, c1, c2, c3);
            }

            if (TTargets.Value > 3)
            {
                Put<T, TVectors>(ref sums, d0, d1, d2, d3);
            }

            if (TTargets.Value > 4)
            {
                Put<T, TVectors>(ref sums, e0, e1, e2, e3);
            }

            if (TTargets.Value > 5)
            {
                Put<T, TVectors>(ref sums, f0, f1, f2, f3);
            }
        }
    }

    /// <summary>Stores the sums of a target and goes on behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put<T, TVectors>(ref float* sums, T s0, T s1, T s2, T s3)
        where T : struct, IMemoryLanes<T>
        where TVectors : struct, ITileCount
    {
        T.Store(sums, s0);
        T.Store(sums + T.Count, s1);
        if (TVectors.Value > 2)
        {
            T.Store(sums + 2 * T.Count, s2);
            T.Store(sums + 3 * T.Count, s3);
        }

        sums += TVectors.Value * T.Count;
    }
}
