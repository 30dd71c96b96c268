using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>What a tile of sums asks for with every step of its sums, for those who need it next.</summary>
interface IAhead
{
    /// <summary>Asks for some lines.</summary>
    void Step();
}

/// <summary>Nothing.</summary>
readonly struct NothingAhead : IAhead
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step()
    {
    }
}

/// <summary>
/// Two lines each of some rows in two places, a line or two a step: the memory works while a tile computes. A burst of requests would not do, since the processor drops those that
/// find its queue full.
/// </summary>
unsafe struct LinesAhead : IAhead
{
    const int Line = ChannelBlocks.Lanes;

    readonly nint row;
    readonly int rows;
    readonly nint bothTurns;
    nint turn;
    float* next;
    int left;
    int each;

    /// <param name="first">A line of the first row in the one place.</param>
    /// <param name="second">The same in the other.</param>
    /// <param name="row">Floats from one row to the next, in either.</param>
    /// <param name="rows">How many rows a tile of fourteen asks for; the next tile asks for those below.</param>
    public LinesAhead(float* first, float* second, nint row, int rows)
    {
        next = first;
        this.row = row;
        left = this.rows = rows;
        turn = (nint)(second - first) - rows * row;
        bothTurns = Line - 2 * rows * row;
    }

    /// <summary>There is nothing to ask for.</summary>
    public readonly bool IsNothing => next == null;

    /// <summary>The same, for a tile of so many steps.</summary>
    public readonly LinesAhead Within(int steps) => this with { each = (4 * rows + steps - 1) / steps };

    /// <summary>The same for the rows below.</summary>
    public readonly LinesAhead Below() => this with { next = next + rows * row };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step()
    {
        for (var i = 0; i < each; i++)
        {
            CacheLines.Fetch(next, 1);
            next += row;
            if (--left == 0)
            {
                // From the one place to the other, and from there to the next line of the first.
                next += turn;
                (turn, left) = (bothTurns - turn, rows);
            }
        }
    }
}
