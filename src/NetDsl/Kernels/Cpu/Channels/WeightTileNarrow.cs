using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>The tile of the gradient by the weight for sixteen registers of any width: one place of four input channels, two vectors of output channels.</summary>
static unsafe class WeightTileNarrow
{
    /// <summary>Three places of four channels, all output channels of <paramref name="blocks"/> blocks.</summary>
    public static void Tile<T>(in WeightStrip strip, int blocks, float* dy, float* x, nint* offsets, float* sums)
        where T : struct, IMemoryLanes<T>
    {
        for (var place = 0; place < 3; place++)
        {
            for (var block = 0; block < blocks; block++)
            {
                for (var lane = 0; lane < ChannelBlocks.Lanes; lane += 2 * T.Count)
                {
                    Place<T>(
                        strip, dy + block * strip.OutputBlock + lane, x + offsets[place], sums + (place * 4 * 2 + block) * ChannelBlocks.Lanes + lane);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Place<T>(in WeightStrip strip, float* dy, float* x, float* sums)
        where T : struct, IMemoryLanes<T>
    {
        var a0 = T.Load(sums);
        var b0 = T.Load(sums + T.Count);
        var a1 = T.Load(sums + 32);
        var b1 = T.Load(sums + 32 + T.Count);
        var a2 = T.Load(sums + 64);
        var b2 = T.Load(sums + 64 + T.Count);
        var a3 = T.Load(sums + 96);
        var b3 = T.Load(sums + 96 + T.Count);
        for (var row = 0; row < strip.Rows; row++)
        {
            var end = (nint)strip.Columns * ChannelBlocks.Lanes;
            for (nint i = 0; i < end; i += ChannelBlocks.Lanes)
            {
                var d0 = T.Load(dy + i);
                var d1 = T.Load(dy + i + T.Count);
                var v = T.Create(x[i]);
                a0 = T.MultiplyAdd(v, d0, a0);
                b0 = T.MultiplyAdd(v, d1, b0);
                v = T.Create(x[i + 1]);
                a1 = T.MultiplyAdd(v, d0, a1);
                b1 = T.MultiplyAdd(v, d1, b1);
                v = T.Create(x[i + 2]);
                a2 = T.MultiplyAdd(v, d0, a2);
                b2 = T.MultiplyAdd(v, d1, b2);
                v = T.Create(x[i + 3]);
                a3 = T.MultiplyAdd(v, d0, a3);
                b3 = T.MultiplyAdd(v, d1, b3);
            }

            dy += strip.OutputRow;
            x += strip.InputRow;
        }

        T.Store(sums, a0);
        T.Store(sums + T.Count, b0);
        T.Store(sums + 32, a1);
        T.Store(sums + 32 + T.Count, b1);
        T.Store(sums + 64, a2);
        T.Store(sums + 64 + T.Count, b2);
        T.Store(sums + 96, a3);
        T.Store(sums + 96 + T.Count, b3);
    }
}
