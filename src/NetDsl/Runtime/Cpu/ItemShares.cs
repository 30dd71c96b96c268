namespace NetDsl.Runtime;

/// <summary>
/// Hands out the items of the loop that a team is in. Every worker begins with its own share, half of what is left at a time from the front, so that it
/// finds in its cache what it wrote in the kernel before; who has done its share takes half of what another has left, from the back. A worker whose
/// processor is slower, or taken away for a while, so delays the others by no more than what it has taken.
/// </summary>
/// <remarks>
/// A share is one number, so that one atomic exchange takes from it: which loop it belongs to, and the first and the last piece that is left. Nobody
/// waits for a worker that has not come to the loop yet: the first who looks at its share opens it.
/// </remarks>
sealed class ItemShares(int workers)
{
    /// <summary>Most pieces of a loop: more would not fit the number, and would not make the ends meet more closely.</summary>
    const int MostPieces = 4096;

    /// <summary>Smaller parts of a share are not taken: each costs what a kernel prepares before its first item.</summary>
    const int PartsOfShare = 8;

    // Each share has a cache line of its own, and its neighbour too: processors fetch lines in pairs.
    const int Stride = 16;

    readonly ulong[] shares = new ulong[(workers + 1) * Stride];

    /// <summary>Forgets all loops. No worker may be in one.</summary>
    public void Clear() => Array.Clear(shares);

    /// <summary>Takes items; false when none are left.</summary>
    /// <param name="worker">Who takes them.</param>
    /// <param name="loop">The loop's number, from 1: all workers come to the same loops in the same order.</param>
    /// <param name="items">Items of the loop; the same for all workers.</param>
    /// <param name="begin">The first.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="least">Fewer are not taken while there are more.</param>
    public bool Take(int worker, uint loop, int items, out int begin, out int end, int least = 1)
    {
        var pieces = Math.Min(items, MostPieces);
        var fewest = Math.Max(pieces / (workers * PartsOfShare), Cut(pieces, least, Math.Max(1, items)));
        for (var turn = 0; turn < workers; turn++)
        {
            var owner = (worker + turn) % workers;
            if (TakeFrom(owner, turn == 0, loop, pieces, fewest, out begin, out end))
            {
                begin = Cut(items, begin, pieces);
                end = Cut(items, end, pieces);
                return true;
            }
        }

        begin = end = 0;
        return false;
    }

    /// <summary>Where part number <paramref name="part"/> begins when <paramref name="items"/> are cut into even parts.</summary>
    public static int Cut(int items, int part, int parts) => (int)((long)items * part / parts);

    bool TakeFrom(int owner, bool own, uint loop, int pieces, int fewest, out int begin, out int end)
    {
        ref var share = ref shares[(owner + 1) * Stride];
        var seen = Volatile.Read(ref share);
        while (true)
        {
            var age = (int)(loop - (uint)(seen >> 32));
            (begin, end) = ((int)(seen >> 16) & 0xFFFF, (int)seen & 0xFFFF);
            if (age > 0)
            {
                if (begin < end)
                {
                    // Its owner has work left in an earlier loop.
                    return false;
                }

                (begin, end) = (Cut(pieces, owner, workers), Cut(pieces, owner + 1, workers));
            }

            if (age < 0 || begin >= end)
            {
                return false;
            }

            var (first, last) = (begin, end);
            var taken = Math.Min(end - begin, Math.Max((end - begin + 1) / 2, fewest));
            if (own)
            {
                first = end = begin + taken;
            }
            else
            {
                last = begin = end - taken;
            }

            var found = Interlocked.CompareExchange(ref share, ((ulong)loop << 32) | ((ulong)(uint)first << 16) | (uint)last, seen);
            if (found == seen)
            {
                return true;
            }

            seen = found;
        }
    }
}
