namespace NetDsl.Generators.Passes;

/// <summary>
/// Places allocations in an arena: largest first, each in the smallest gap that fits among those in use at the same time. (TensorFlow Lite's greedy by size;
/// Pisarchyk and Lee 2020, "Efficient Memory Management for Deep Neural Net Inference".)
/// </summary>
static class ArenaPacking
{
    /// <param name="allocations">Their offsets are set.</param>
    /// <param name="alignment">Offsets are multiples of it.</param>
    /// <returns>The arena's size, a multiple of <paramref name="alignment"/>.</returns>
    public static long Pack(IEnumerable<Allocation> allocations, int alignment)
    {
        var placed = new List<Allocation>();
        long total = 0;
        foreach (var allocation in allocations.OrderByDescending(static a => a.Size).ThenBy(static a => a.First).ThenBy(static a => a.Id))
        {
            allocation.Offset = BestGap(allocation, placed, alignment);
            var index = placed.FindIndex(p => p.Offset > allocation.Offset);
            placed.Insert(index < 0 ? placed.Count : index, allocation);
            total = Math.Max(total, Align(allocation.Offset + allocation.Size, alignment));
        }

        return total;
    }

    /// <param name="placed">In order of their offsets.</param>
    static long BestGap(Allocation allocation, List<Allocation> placed, int alignment)
    {
        var (best, bestGap, end) = (-1L, long.MaxValue, 0L);
        foreach (var other in placed)
        {
            if (!other.OverlapsInTime(allocation))
            {
                continue;
            }

            var gap = other.Offset - end;
            if (gap >= allocation.Size && gap < bestGap)
            {
                (best, bestGap) = (end, gap);
            }

            end = Math.Max(end, Align(other.Offset + other.Size, alignment));
        }

        return best >= 0 ? best : end;
    }

    public static long Align(long offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
}
