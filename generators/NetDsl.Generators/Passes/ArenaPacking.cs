using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Places allocations in an arena: largest first, each in the smallest gap that fits among those in use at the same time. (TensorFlow Lite's greedy by size;
/// Pisarchyk and Lee 2020, "Efficient Memory Management for Deep Neural Net Inference".)
/// </summary>
static class ArenaPacking
{
    /// <param name="allocations">Their places are set.</param>
    /// <param name="alignment">Offsets are multiples of it.</param>
    /// <param name="name">Gives a name to a place that an instance computes.</param>
    /// <returns>The arena's size, a multiple of <paramref name="alignment"/>.</returns>
    public static Size Pack(IReadOnlyList<Allocation> allocations, int alignment, Func<Size, Size> name)
    {
        var total = Pack(allocations, alignment);
        if (allocations.All(static a => !a.Size.IsFree))
        {
            foreach (var allocation in allocations)
            {
                allocation.Place = allocation.Offset;
            }

            return total;
        }

        return Stack(allocations, alignment, name);
    }

    /// <summary>
    /// Where sizes are free, the order of the offsets at the reference is kept: an allocation begins behind all those below it that are in use at the same time, however large they are.
    /// </summary>
    static Size Stack(IReadOnlyList<Allocation> allocations, int alignment, Func<Size, Size> name)
    {
        var placed = new List<Allocation>();
        foreach (var allocation in allocations.OrderBy(static a => a.Offset).ThenBy(static a => a.Size.Value).ThenBy(static a => a.Id))
        {
            allocation.Place = name(EndOf([.. placed.Where(allocation.OverlapsInTime)]));
            placed.Add(allocation);
        }

        return name(EndOf(placed));

        // What lies below another one of them ends where that one begins, or before.
        Size EndOf(List<Allocation> below) => Size.Largest(below.Where((b, i) => !below.Skip(i + 1).Any(b.OverlapsInTime)).Select(End));

        // Places are aligned, so that only the size is to be rounded.
        Size End(Allocation allocation) => allocation.Place + ((allocation.Size + (alignment - 1)) / alignment * alignment);
    }

    static long Pack(IReadOnlyList<Allocation> allocations, int alignment)
    {
        var placed = new List<Allocation>();
        long total = 0;
        foreach (var allocation in allocations.OrderByDescending(static a => a.Size.Value).ThenBy(static a => a.First).ThenBy(static a => a.Id))
        {
            allocation.Offset = BestGap(allocation, placed, alignment);
            var index = placed.FindIndex(p => p.Offset > allocation.Offset);
            placed.Insert(index < 0 ? placed.Count : index, allocation);
            total = Math.Max(total, Align(allocation.Offset + allocation.Size.Value, alignment));
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
            if (gap >= allocation.Size.Value && gap < bestGap)
            {
                (best, bestGap) = (end, gap);
            }

            end = Math.Max(end, Align(other.Offset + other.Size.Value, alignment));
        }

        return best >= 0 ? best : end;
    }

    public static long Align(long offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
}
