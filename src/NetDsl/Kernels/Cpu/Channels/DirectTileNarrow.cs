using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// The register tile for sixteen vector registers of any width: six pixels times two vectors of output channels, two weights and one broadcast input.
/// </summary>
static unsafe class DirectTileNarrow
{
    /// <summary>Six neighbouring pixels and all output channels of <paramref name="width"/> blocks.</summary>
    public static void Tile<T>(in DirectTerms terms, int width, float* x, float* weights, float* sums, nint sumStride)
        where T : struct, IMemoryLanes<T>
    {
        for (var block = 0; block < width; block++)
        {
            for (var lane = 0; lane < ChannelBlocks.Lanes; lane += 2 * T.Count)
            {
                var channel = block * ChannelBlocks.Lanes + lane;
                Strip<T>(terms, terms.Bias + channel, x, weights + channel, width * ChannelBlocks.Lanes, sums + block * sumStride + lane);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Strip<T>(in DirectTerms terms, float* bias, float* x, float* weights, nint weightStride, float* sums)
        where T : struct, IMemoryLanes<T>
    {
        T a0, a1, a2, a3, a4, a5, b0, b1, b2, b3, b4, b5;
        if (terms.Accumulate)
        {
            a0 = T.Load(sums);
            b0 = T.Load(sums + T.Count);
            a1 = T.Load(sums + 16);
            b1 = T.Load(sums + 16 + T.Count);
            a2 = T.Load(sums + 32);
            b2 = T.Load(sums + 32 + T.Count);
            a3 = T.Load(sums + 48);
            b3 = T.Load(sums + 48 + T.Count);
            a4 = T.Load(sums + 64);
            b4 = T.Load(sums + 64 + T.Count);
            a5 = T.Load(sums + 80);
            b5 = T.Load(sums + 80 + T.Count);
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
                v = T.Create(p[16]);
                a1 = T.MultiplyAdd(v, w0, a1);
                b1 = T.MultiplyAdd(v, w1, b1);
                v = T.Create(p[32]);
                a2 = T.MultiplyAdd(v, w0, a2);
                b2 = T.MultiplyAdd(v, w1, b2);
                v = T.Create(p[48]);
                a3 = T.MultiplyAdd(v, w0, a3);
                b3 = T.MultiplyAdd(v, w1, b3);
                v = T.Create(p[64]);
                a4 = T.MultiplyAdd(v, w0, a4);
                b4 = T.MultiplyAdd(v, w1, b4);
                v = T.Create(p[80]);
                a5 = T.MultiplyAdd(v, w0, a5);
                b5 = T.MultiplyAdd(v, w1, b5);
                p++;
                channels--;
            }
            while (channels > 0);
        }

        T.Store(sums, a0);
        T.Store(sums + T.Count, b0);
        T.Store(sums + 16, a1);
        T.Store(sums + 16 + T.Count, b1);
        T.Store(sums + 32, a2);
        T.Store(sums + 32 + T.Count, b2);
        T.Store(sums + 48, a3);
        T.Store(sums + 48 + T.Count, b3);
        T.Store(sums + 64, a4);
        T.Store(sums + 64 + T.Count, b4);
        T.Store(sums + 80, a5);
        T.Store(sums + 80 + T.Count, b5);
    }
}
