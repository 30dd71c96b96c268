namespace NetDsl.Kernels;

/// <summary>
/// What is left of a gradient by the weight between its transforms: at every place, products of channels and filters, summed over tiles. See <see cref="PlaceProducts"/>.
/// </summary>
/// <param name="Places">Elements of a transformed tile.</param>
/// <param name="InputPlane">Floats from one place of the transformed x to the next: [tile][channel].</param>
/// <param name="GradientPlane">Floats from one place of the transformed dy to the next: [tile][filter of a pair].</param>
/// <param name="SumPlane">Floats from one place of the sums to the next: [channel][filter of a pair].</param>
readonly unsafe record struct PlaceOuterProducts(int Places, nint InputPlane, nint GradientPlane, nint SumPlane)
{
    /// <summary>sums[channel, filter] (+)= Σ over tiles of x[tile, channel] gradient[tile, filter].</summary>
    public void Multiply<T>(float* x, float* gradient, float* sums, int channels, int tiles, bool accumulate)
        where T : struct, IMemoryLanes<T>
    {
        var fetches = CacheLines.Exceed(Places * (InputPlane + GradientPlane + SumPlane));
        for (var place = 0; place < Places; place++)
        {
            var ahead = place + 1 < Places ? 1 : 0;
            var nextX = x + ahead * InputPlane;
            var nextGradient = gradient + ahead * GradientPlane;
            var nextSums = sums + ahead * SumPlane;
            var (xLines, gradientLines) = (channels * tiles / ChannelBlocks.Lanes, PlaceProducts.PairLanes * tiles / ChannelBlocks.Lanes);
            var parts = (channels + PartRows<T>() - 1) / PartRows<T>();
            for (var row = 0; row < channels; row += PartRows<T>())
            {
                var rows = Math.Min(PartRows<T>(), channels - row);
                Part<T>(x + row, channels, gradient, tiles, sums + row * PlaceProducts.PairLanes, rows, accumulate);
                if (fetches)
                {
                    Fetch(ref nextX, ref xLines, parts);
                    Fetch(ref nextGradient, ref gradientLines, parts);
                    CacheLines.Fetch(nextSums + row * PlaceProducts.PairLanes, rows * PlaceProducts.PairLanes / ChannelBlocks.Lanes);
                }

                parts--;
            }

            x += InputPlane;
            gradient += GradientPlane;
            sums += SumPlane;
        }
    }

    /// <summary>Channels after which the next place's memory is asked for: two register tiles.</summary>
    static int PartRows<T>()
        where T : struct, IMemoryLanes<T> => T.Count < ChannelBlocks.Lanes ? 12 : 28;

    static void Part<T>(float* x, int channels, float* gradient, int tiles, float* sums, int rows, bool accumulate)
        where T : struct, IMemoryLanes<T>
    {
        const int filters = PlaceProducts.PairLanes;
        OuterTile.Multiply<T>(x, channels, gradient, filters, tiles, sums, filters, rows, accumulate);
    }

    /// <summary>Asks for an even part of the lines that are left.</summary>
    static void Fetch(ref float* next, ref int lines, int parts)
    {
        var count = (lines + parts - 1) / parts;
        CacheLines.Fetch(next, count);
        next += count * ChannelBlocks.Lanes;
        lines -= count;
    }
}
