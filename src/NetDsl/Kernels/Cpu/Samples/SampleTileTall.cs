using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>The register tile for a single vector of samples: up to twice six target channels, as six sums alone would wait for each other.</summary>
static unsafe class SampleTileTall
{
    /// <summary>Sums the terms of <typeparamref name="TTargets"/> target channels.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="sums">Takes the sums, [pixel][target].</param>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <typeparam name="TTargets">How many target channels: one to six, twice.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum<T, TTargets>(in SampleTerms terms, float* sums)
        where T : struct, IMemoryLanes<T>
        where TTargets : struct, ITileCount
    {
        var more = TTargets.Value * terms.TargetStride;
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
            var a1 = terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[TTargets.Value + 0]);
            var b0 = TTargets.Value <= 1 || terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[1]);
            var b1 = TTargets.Value <= 1 || terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[TTargets.Value + 1]);
            var c0 = TTargets.Value <= 2 || terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[2]);
            var c1 = TTargets.Value <= 2 || terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[TTargets.Value + 2]);
            var d0 = TTargets.Value <= 3 || terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[3]);
            var d1 = TTargets.Value <= 3 || terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[TTargets.Value + 3]);
            var e0 = TTargets.Value <= 4 || terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[4]);
            var e1 = TTargets.Value <= 4 || terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[TTargets.Value + 4]);
            var f0 = TTargets.Value <= 5 || terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[5]);
            var f1 = TTargets.Value <= 5 || terms.Bias == null ? T.Create(0f) : T.Create(terms.Bias[TTargets.Value + 5]);
            var x = terms.Source + pixel * terms.PixelStride;
            nint k = 0;
            for (var channels = terms.Channels; channels > 0; channels--)
            {
                for (var rows = terms.Rows; rows > 0; rows--)
                {
                    for (var left = terms.Taps; left > 0; left--)
                    {
                        var x0 = T.Load(x);
                        var w = T.Create(w0[k]);
                        a0 = T.MultiplyAdd(w, x0, a0);
                        w = T.Create(w0[k + more]);
                        a1 = T.MultiplyAdd(w, x0, a1);

                        if (TTargets.Value > 1)
                        {
                            w = T.Create(w1[k]);
                            b0 = T.MultiplyAdd(w, x0, b0);
                            w = T.Create(w1[k + more]);
                            b1 = T.MultiplyAdd(w, x0, b1);
                        }

                        if (TTargets.Value > 2)
                        {
                            w = T.Create(w2[k]);
                            c0 = T.MultiplyAdd(w, x0, c0);
                            w = T.Create(w2[k + more]);
                            c1 = T.MultiplyAdd(w, x0, c1);
                        }

                        if (TTargets.Value > 3)
                        {
                            w = T.Create(w3[k]);
                            d0 = T.MultiplyAdd(w, x0, d0);
                            w = T.Create(w3[k + more]);
                            d1 = T.MultiplyAdd(w, x0, d1);
                        }

                        if (TTargets.Value > 4)
                        {
                            w = T.Create(w4[k]);
                            e0 = T.MultiplyAdd(w, x0, e0);
                            w = T.Create(w4[k + more]);
                            e1 = T.MultiplyAdd(w, x0, e1);
                        }

                        if (TTargets.Value > 5)
                        {
                            w = T.Create(w5[k]);
                            f0 = T.MultiplyAdd(w, x0, f0);
                            w = T.Create(w5[k + more]);
                            f1 = T.MultiplyAdd(w, x0, f1);
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
            T.Store(sums + (TTargets.Value + 0) * T.Count, a1);

            if (TTargets.Value > 1)
            {
                T.Store(sums + T.Count, b0);
                T.Store(sums + (TTargets.Value + 1) * T.Count, b1);
            }

            if (TTargets.Value > 2)
            {
                T.Store(sums + 2 * T.Count, c0);
                T.Store(sums + (TTargets.Value + 2) * T.Count, c1);
            }

            if (TTargets.Value > 3)
            {
                T.Store(sums + 3 * T.Count, d0);
                T.Store(sums + (TTargets.Value + 3) * T.Count, d1);
            }

            if (TTargets.Value > 4)
            {
                T.Store(sums + 4 * T.Count, e0);
                T.Store(sums + (TTargets.Value + 4) * T.Count, e1);
            }

            if (TTargets.Value > 5)
            {
                T.Store(sums + 5 * T.Count, f0);
                T.Store(sums + (TTargets.Value + 5) * T.Count, f1);
            }

            sums += 2 * TTargets.Value * T.Count;
        }
    }
}
