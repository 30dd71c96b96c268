using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// The tile of the gradient by the weight for sixteen registers of any width: half of three places, six terms, and two vectors of output channels. Eight
/// sums would just hide the latency of a multiply-add; twelve do it with something to spare and load less.
/// </summary>
static unsafe class WeightTileNarrow
{
    /// <summary>Up to three places of four terms, all output channels of <paramref name="blocks"/> blocks.</summary>
    public static void Tile<T>(in WeightStrip strip, int blocks, int places, float* dy, float* x, nint* offsets, float* sums)
        where T : struct, IMemoryLanes<T>
    {
        const int place = 4 * 2 * ChannelBlocks.Lanes;
        for (var block = 0; block < blocks; block++)
        {
            for (var lane = 0; lane < ChannelBlocks.Lanes; lane += 2 * T.Count)
            {
                var gradient = dy + block * strip.OutputBlock + lane;
                var sum = sums + block * ChannelBlocks.Lanes + lane;
                if (places == 3)
                {
                    Terms<T, Six>(strip, gradient, x + offsets[0], x + offsets[1], sum, sum + place);
                    Terms<T, Six>(strip, gradient, x + offsets[2], x + offsets[1] + 2, sum + 2 * place, sum + place + place / 2);
                    continue;
                }

                for (var i = 0; i < places; i++)
                {
                    Terms<T, Four>(strip, gradient, x + offsets[i], x, sum + i * place, sum);
                }
            }
        }
    }

    /// <summary>Four terms from <paramref name="x"/>, and two from <paramref name="z"/> where there are six.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Terms<T, TTerms>(in WeightStrip strip, float* dy, float* x, float* z, float* four, float* two)
        where T : struct, IMemoryLanes<T>
        where TTerms : struct, ITileCount
    {
        var a0 = T.Load(four);
        var b0 = T.Load(four + T.Count);
        var a1 = T.Load(four + 32);
        var b1 = T.Load(four + 32 + T.Count);
        var a2 = T.Load(four + 64);
        var b2 = T.Load(four + 64 + T.Count);
        var a3 = T.Load(four + 96);
        var b3 = T.Load(four + 96 + T.Count);
        T a4 = default, a5 = default, b4 = default, b5 = default;
        if (TTerms.Value > 4)
        {
            a4 = T.Load(two);
            b4 = T.Load(two + T.Count);
            a5 = T.Load(two + 32);
            b5 = T.Load(two + 32 + T.Count);
        }

        var step = strip.InputPixel;
        for (var row = 0; row < strip.Rows; row++)
        {
            var end = (nint)strip.Columns * ChannelBlocks.Lanes;
            for (nint i = 0, j = 0; i < end; i += ChannelBlocks.Lanes, j += step)
            {
                var d0 = T.Load(dy + i);
                var d1 = T.Load(dy + i + T.Count);
                var v = T.Create(x[j]);
                a0 = T.MultiplyAdd(v, d0, a0);
                b0 = T.MultiplyAdd(v, d1, b0);
                v = T.Create(x[j + 1]);
                a1 = T.MultiplyAdd(v, d0, a1);
                b1 = T.MultiplyAdd(v, d1, b1);
                v = T.Create(x[j + 2]);
                a2 = T.MultiplyAdd(v, d0, a2);
                b2 = T.MultiplyAdd(v, d1, b2);
                v = T.Create(x[j + 3]);
                a3 = T.MultiplyAdd(v, d0, a3);
                b3 = T.MultiplyAdd(v, d1, b3);
                if (TTerms.Value > 4)
                {
                    v = T.Create(z[j]);
                    a4 = T.MultiplyAdd(v, d0, a4);
                    b4 = T.MultiplyAdd(v, d1, b4);
                    v = T.Create(z[j + 1]);
                    a5 = T.MultiplyAdd(v, d0, a5);
                    b5 = T.MultiplyAdd(v, d1, b5);
                }
            }

            dy += strip.OutputRow;
            x += strip.InputRow;
            z += strip.InputRow;
        }

        T.Store(four, a0);
        T.Store(four + T.Count, b0);
        T.Store(four + 32, a1);
        T.Store(four + 32 + T.Count, b1);
        T.Store(four + 64, a2);
        T.Store(four + 64 + T.Count, b2);
        T.Store(four + 96, a3);
        T.Store(four + 96 + T.Count, b3);
        if (TTerms.Value > 4)
        {
            T.Store(two, a4);
            T.Store(two + T.Count, b4);
            T.Store(two + 32, a5);
            T.Store(two + 32 + T.Count, b5);
        }
    }
}
