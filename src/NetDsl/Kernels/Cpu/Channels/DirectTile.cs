using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// The register tile for sixteen vector registers of any width: up to six pixels times two vectors of output channels, two weights and one broadcast input.
/// A line is divided evenly, 14 pixels into 5, 5 and 4, so that nothing is computed in vain; four pixels still hide the latency of a multiply-add.
/// </summary>
static unsafe class DirectTile
{
    /// <summary>Pixels of the largest tile.</summary>
    const int MostPixels = 6;

    /// <summary>Pixels of the tile for 32 registers.</summary>
    const int WidePixels = 8;

    /// <summary><paramref name="pixels"/> neighbouring pixels and all output channels of <paramref name="width"/> blocks.</summary>
    public static void Line<T, TStep>(in DirectTerms terms, int pixels, int width, float* x, float* weights, float* sums, nint sumStride)
        where T : struct, IMemoryLanes<T>
        where TStep : struct, IPixelStep
    {
        // Where there are 32 wide registers, eight pixels; not where too few would be left.
        for (; T.Count == ChannelBlocks.Lanes && width == 2 && pixels is WidePixels or (> WidePixels + 3 and not 2 * WidePixels - 1); pixels -= WidePixels)
        {
            DirectTile512.Tile8x2<TStep>(terms, x, weights, sums, sumStride);
            x += WidePixels * TStep.Floats(terms.PixelStep);
            sums += WidePixels * ChannelBlocks.Lanes;
        }

        for (var tiles = (pixels + MostPixels - 1) / MostPixels; tiles > 0; tiles--)
        {
            var count = (pixels + tiles - 1) / tiles;
            if (T.Count < ChannelBlocks.Lanes)
            {
                for (var block = 0; block < width; block++)
                {
                    for (var lane = 0; lane < ChannelBlocks.Lanes; lane += 2 * T.Count)
                    {
                        var channel = block * ChannelBlocks.Lanes + lane;
                        Tile<T, Two, TStep>(terms, count, channel, x, weights, width, sums + block * sumStride + lane, T.Count);
                    }
                }
            }
            else if (width == 2)
            {
                Tile<T, Two, TStep>(terms, count, 0, x, weights, width, sums, sumStride);
            }
            else
            {
                Tile<T, One, TStep>(terms, count, 0, x, weights, width, sums, sumStride);
            }

            x += count * TStep.Floats(terms.PixelStep);
            sums += count * ChannelBlocks.Lanes;
            pixels -= count;
        }
    }

    static void Tile<T, TVectors, TStep>(in DirectTerms terms, int pixels, int channel, float* x, float* weights, int width, float* sums, nint upper)
        where T : struct, IMemoryLanes<T>
        where TVectors : struct, ITileCount
        where TStep : struct, IPixelStep
    {
        var bias = terms.Bias + channel;
        weights += channel;
        var stride = (nint)width * ChannelBlocks.Lanes;
        switch (pixels)
        {
            case 1:
                Strip<T, One, TVectors, TStep>(terms, bias, x, weights, stride, sums, upper);
                break;
            case 2:
                Strip<T, Two, TVectors, TStep>(terms, bias, x, weights, stride, sums, upper);
                break;
            case 3:
                Strip<T, Three, TVectors, TStep>(terms, bias, x, weights, stride, sums, upper);
                break;
            case 4:
                Strip<T, Four, TVectors, TStep>(terms, bias, x, weights, stride, sums, upper);
                break;
            case 5:
                Strip<T, Five, TVectors, TStep>(terms, bias, x, weights, stride, sums, upper);
                break;
            default:
                Strip<T, Six, TVectors, TStep>(terms, bias, x, weights, stride, sums, upper);
                break;
        }
    }

    /// <summary>The second vector of output channels has its sums <paramref name="upper"/> floats behind the first's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Strip<T, TPixels, TVectors, TStep>(in DirectTerms terms, float* bias, float* x, float* weights, nint weightStride, float* sums, nint upper)
        where T : struct, IMemoryLanes<T>
        where TPixels : struct, ITileCount
        where TVectors : struct, ITileCount
        where TStep : struct, IPixelStep
    {
        var step = TStep.Floats(terms.PixelStep);
        var step2 = 2 * step;
        var step3 = 3 * step;
        var step4 = 4 * step;
        var step5 = 5 * step;
        T a0, a1, a2, a3, a4, a5, b0, b1, b2, b3, b4, b5;
        b0 = b1 = b2 = b3 = b4 = b5 = default;
        if (terms.Accumulate)
        {
            a0 = T.Load(sums);
            a1 = TPixels.Value > 1 ? T.Load(sums + 16) : default;
            a2 = TPixels.Value > 2 ? T.Load(sums + 32) : default;
            a3 = TPixels.Value > 3 ? T.Load(sums + 48) : default;
            a4 = TPixels.Value > 4 ? T.Load(sums + 64) : default;
            a5 = TPixels.Value > 5 ? T.Load(sums + 80) : default;
            if (TVectors.Value > 1)
            {
                var second = sums + upper;
                b0 = T.Load(second);
                b1 = TPixels.Value > 1 ? T.Load(second + 16) : default;
                b2 = TPixels.Value > 2 ? T.Load(second + 32) : default;
                b3 = TPixels.Value > 3 ? T.Load(second + 48) : default;
                b4 = TPixels.Value > 4 ? T.Load(second + 64) : default;
                b5 = TPixels.Value > 5 ? T.Load(second + 80) : default;
            }
        }
        else
        {
            a0 = a1 = a2 = a3 = a4 = a5 = T.Load(bias);
            if (TVectors.Value > 1)
            {
                b0 = b1 = b2 = b3 = b4 = b5 = T.Load(bias + T.Count);
            }
        }

        for (var entry = 0; entry < terms.Entries; entry++)
        {
            var p = x + terms.Offsets[entry];
            var count = entry < terms.WholeEntries ? ChannelBlocks.Lanes : terms.LastTerms;
            do
            {
                var w0 = T.Load(weights);
                var w1 = TVectors.Value > 1 ? T.Load(weights + T.Count) : default;
                weights += weightStride;
                var v = T.Create(p[0]);
                a0 = T.MultiplyAdd(v, w0, a0);
                b0 = TVectors.Value > 1 ? T.MultiplyAdd(v, w1, b0) : b0;
                if (TPixels.Value > 1)
                {
                    v = T.Create(p[step]);
                    a1 = T.MultiplyAdd(v, w0, a1);
                    b1 = TVectors.Value > 1 ? T.MultiplyAdd(v, w1, b1) : b1;
                }

                if (TPixels.Value > 2)
                {
                    v = T.Create(p[step2]);
                    a2 = T.MultiplyAdd(v, w0, a2);
                    b2 = TVectors.Value > 1 ? T.MultiplyAdd(v, w1, b2) : b2;
                }

                if (TPixels.Value > 3)
                {
                    v = T.Create(p[step3]);
                    a3 = T.MultiplyAdd(v, w0, a3);
                    b3 = TVectors.Value > 1 ? T.MultiplyAdd(v, w1, b3) : b3;
                }

                if (TPixels.Value > 4)
                {
                    v = T.Create(p[step4]);
                    a4 = T.MultiplyAdd(v, w0, a4);
                    b4 = TVectors.Value > 1 ? T.MultiplyAdd(v, w1, b4) : b4;
                }

                if (TPixels.Value > 5)
                {
                    v = T.Create(p[step5]);
                    a5 = T.MultiplyAdd(v, w0, a5);
                    b5 = TVectors.Value > 1 ? T.MultiplyAdd(v, w1, b5) : b5;
                }

                p++;
                count--;
            }
            while (count > 0);
        }

        Store<T, TPixels>(sums, a0, a1, a2, a3, a4, a5);
        if (TVectors.Value > 1)
        {
            Store<T, TPixels>(sums + upper, b0, b1, b2, b3, b4, b5);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store<T, TPixels>(float* sums, T s0, T s1, T s2, T s3, T s4, T s5)
        where T : struct, IMemoryLanes<T>
        where TPixels : struct, ITileCount
    {
        T.Store(sums, s0);
        if (TPixels.Value > 1)
        {
            T.Store(sums + 16, s1);
        }

        if (TPixels.Value > 2)
        {
            T.Store(sums + 32, s2);
        }

        if (TPixels.Value > 3)
        {
            T.Store(sums + 48, s3);
        }

        if (TPixels.Value > 4)
        {
            T.Store(sums + 64, s4);
        }

        if (TPixels.Value > 5)
        {
            T.Store(sums + 80, s5);
        }
    }
}
