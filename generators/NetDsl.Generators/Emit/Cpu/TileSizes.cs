namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// Sizes of register tiles. Of the 32 registers about 24 hold sums; the rest hold one row of sources and a weight. Two multiply-adds a cycle with a
/// latency of four need at least eight sums.
/// </summary>
static class TileSizes
{
    /// <summary>Sums that fit the registers beside the operands.</summary>
    public const int Sums = 24;

    static readonly int[] Preferred = [6, 5, 4, 3, 2, 1];

    /// <summary>How many of <paramref name="count"/> channels a tile takes: a divisor where there is a good one.</summary>
    public static int Channels(int count)
    {
        if (count <= 6)
        {
            return count;
        }

        // A divisor; else the size whose last tile is fullest.
        return Preferred.Take(3).OrderByDescending(size => count % size == 0 ? size + count : count % size).First();
    }

    /// <summary>How many pixels of a row of <paramref name="width"/> a tile of <paramref name="channels"/> takes; a multiple of <paramref name="step"/>.</summary>
    public static int Pixels(int width, int channels, int step)
    {
        var most = Math.Max(step, Sums / channels);
        if (width <= most && width % step == 0)
        {
            return width;
        }

        // The fewest segments; of those the narrowest, which leaves the most registers.
        var best = step;
        for (var pixels = step; pixels <= most; pixels += step)
        {
            if ((width + pixels - 1) / pixels < (width + best - 1) / best)
            {
                best = pixels;
            }
        }

        return best;
    }

    /// <summary>The largest tile of at most <paramref name="most"/> that divides <paramref name="count"/>.</summary>
    public static int Divisor(int count, int most) => Preferred.First(size => size <= most && count % size == 0);
}
