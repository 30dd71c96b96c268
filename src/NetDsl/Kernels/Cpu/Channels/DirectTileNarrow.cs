using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// The register tile for sixteen vector registers of any width: up to six pixels times two vectors of output channels, two weights and one broadcast input.
/// A line is divided evenly, 14 pixels into 5, 5 and 4, so that nothing is computed in vain; four pixels still hide the latency of a multiply-add.
/// </summary>
static unsafe class DirectTileNarrow
{
    /// <summary>Pixels of the largest tile.</summary>
    const int MostPixels = 6;

    /// <summary><paramref name="pixels"/> neighbouring pixels and all output channels of <paramref name="width"/> blocks.</summary>
    public static void Line<T>(in DirectTerms terms, int pixels, int width, float* x, float* weights, float* sums, nint sumStride)
        where T : struct, IMemoryLanes<T>
    {
        for (var tiles = (pixels + MostPixels - 1) / MostPixels; tiles > 0; tiles--)
        {
            var count = (pixels + tiles - 1) / tiles;
            Tile<T>(terms, count, width, x, weights, sums, sumStride);
            x += count * ChannelBlocks.Lanes;
            sums += count * ChannelBlocks.Lanes;
            pixels -= count;
        }
    }

    static void Tile<T>(in DirectTerms terms, int pixels, int width, float* x, float* weights, float* sums, nint sumStride)
        where T : struct, IMemoryLanes<T>
    {
        for (var block = 0; block < width; block++)
        {
            for (var lane = 0; lane < ChannelBlocks.Lanes; lane += 2 * T.Count)
            {
                var channel = block * ChannelBlocks.Lanes + lane;
                var bias = terms.Bias + channel;
                var weight = weights + channel;
                var stride = (nint)width * ChannelBlocks.Lanes;
                var sum = sums + block * sumStride + lane;
                switch (pixels)
                {
                    case 1:
                        Strip<T, One>(terms, bias, x, weight, stride, sum);
                        break;
                    case 2:
                        Strip<T, Two>(terms, bias, x, weight, stride, sum);
                        break;
                    case 3:
                        Strip<T, Three>(terms, bias, x, weight, stride, sum);
                        break;
                    case 4:
                        Strip<T, Four>(terms, bias, x, weight, stride, sum);
                        break;
                    case 5:
                        Strip<T, Five>(terms, bias, x, weight, stride, sum);
                        break;
                    default:
                        Strip<T, Six>(terms, bias, x, weight, stride, sum);
                        break;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Strip<T, TPixels>(in DirectTerms terms, float* bias, float* x, float* weights, nint weightStride, float* sums)
        where T : struct, IMemoryLanes<T>
        where TPixels : struct, ITileCount
    {
        T a0, a1, a2, a3, a4, a5, b0, b1, b2, b3, b4, b5;
        if (terms.Accumulate)
        {
            a0 = T.Load(sums);
            b0 = T.Load(sums + T.Count);
            a1 = TPixels.Value > 1 ? T.Load(sums + 16) : default;
            b1 = TPixels.Value > 1 ? T.Load(sums + 16 + T.Count) : default;
            a2 = TPixels.Value > 2 ? T.Load(sums + 32) : default;
            b2 = TPixels.Value > 2 ? T.Load(sums + 32 + T.Count) : default;
            a3 = TPixels.Value > 3 ? T.Load(sums + 48) : default;
            b3 = TPixels.Value > 3 ? T.Load(sums + 48 + T.Count) : default;
            a4 = TPixels.Value > 4 ? T.Load(sums + 64) : default;
            b4 = TPixels.Value > 4 ? T.Load(sums + 64 + T.Count) : default;
            a5 = TPixels.Value > 5 ? T.Load(sums + 80) : default;
            b5 = TPixels.Value > 5 ? T.Load(sums + 80 + T.Count) : default;
        }
        else
        {
            a0 = a1 = a2 = a3 = a4 = a5 = T.Load(bias);
            b0 = b1 = b2 = b3 = b4 = b5 = T.Load(bias + T.Count);
        }

        for (var entry = 0; entry < terms.Entries; entry++)
        {
            var p = x + terms.Offsets[entry];
            var channels = entry < terms.WholeEntries ? ChannelBlocks.Lanes : terms.LastChannels;
            do
            {
                var w0 = T.Load(weights);
                var w1 = T.Load(weights + T.Count);
                weights += weightStride;
                var v = T.Create(p[0]);
                a0 = T.MultiplyAdd(v, w0, a0);
                b0 = T.MultiplyAdd(v, w1, b0);
                if (TPixels.Value > 1)
                {
                    v = T.Create(p[16]);
                    a1 = T.MultiplyAdd(v, w0, a1);
                    b1 = T.MultiplyAdd(v, w1, b1);
                }

                if (TPixels.Value > 2)
                {
                    v = T.Create(p[32]);
                    a2 = T.MultiplyAdd(v, w0, a2);
                    b2 = T.MultiplyAdd(v, w1, b2);
                }

                if (TPixels.Value > 3)
                {
                    v = T.Create(p[48]);
                    a3 = T.MultiplyAdd(v, w0, a3);
                    b3 = T.MultiplyAdd(v, w1, b3);
                }

                if (TPixels.Value > 4)
                {
                    v = T.Create(p[64]);
                    a4 = T.MultiplyAdd(v, w0, a4);
                    b4 = T.MultiplyAdd(v, w1, b4);
                }

                if (TPixels.Value > 5)
                {
                    v = T.Create(p[80]);
                    a5 = T.MultiplyAdd(v, w0, a5);
                    b5 = T.MultiplyAdd(v, w1, b5);
                }

                p++;
                channels--;
            }
            while (channels > 0);
        }

        T.Store(sums, a0);
        T.Store(sums + T.Count, b0);
        if (TPixels.Value > 1)
        {
            T.Store(sums + 16, a1);
            T.Store(sums + 16 + T.Count, b1);
        }

        if (TPixels.Value > 2)
        {
            T.Store(sums + 32, a2);
            T.Store(sums + 32 + T.Count, b2);
        }

        if (TPixels.Value > 3)
        {
            T.Store(sums + 48, a3);
            T.Store(sums + 48 + T.Count, b3);
        }

        if (TPixels.Value > 4)
        {
            T.Store(sums + 64, a4);
            T.Store(sums + 64 + T.Count, b4);
        }

        if (TPixels.Value > 5)
        {
            T.Store(sums + 80, a5);
            T.Store(sums + 80 + T.Count, b5);
        }
    }
}
