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
/// Lines that are needed next, some with every step of a tile: the memory works while the tile computes. A burst of requests would not do, since the processor drops those that find
/// its queue full. It walks in strokes of equal length, with two kinds of turns between them, in turn.
/// </summary>
unsafe struct LinesAhead : IAhead
{
    const int Line = ChannelBlocks.Lanes;

    readonly nint step;
    readonly int stroke;
    readonly nint bothTurns;
    float* next;
    nint turn;
    int left;
    int lines;
    int each;

    LinesAhead(float* first, nint step, int stroke, nint turn, nint otherTurn, int lines)
    {
        next = first;
        this.step = step;
        this.stroke = left = stroke;
        this.turn = turn;
        bothTurns = turn + otherTurn;
        this.lines = lines;
        each = 1;
    }

    /// <summary>Two lines of each row, in two places.</summary>
    /// <param name="first">The first row in the one place.</param>
    /// <param name="second">The same in the other.</param>
    /// <param name="row">Floats from one row to the next, in either.</param>
    /// <param name="rows">How many rows.</param>
    public static LinesAhead Pairs(float* first, float* second, nint row, int rows)
    {
        var across = (nint)(second - first);
        return new(first, row, rows, across - rows * row, Line - across - rows * row, 4 * rows);
    }

    /// <summary>Two lines of each row.</summary>
    public static LinesAhead Pairs(float* first, nint row, int rows) => new(first, row, rows, Line - rows * row, Line - rows * row, 2 * rows);

    /// <summary>A part of a block of rows, one row after the other.</summary>
    /// <param name="block">The first line of the block.</param>
    /// <param name="row">Floats from one row to the next.</param>
    /// <param name="width">Lines of a row.</param>
    /// <param name="from">The first line asked for, counted through the block.</param>
    /// <param name="to">One behind the last.</param>
    public static LinesAhead Rows(float* block, nint row, int width, int from, int to)
    {
        var skip = row - width * Line;
        return new(block + from / width * row + from % width * Line, Line, width, skip, skip, to - from) { left = width - from % width };
    }

    /// <summary>So many steps there will be.</summary>
    public void Spread(int steps) => each = (lines + steps - 1) / steps;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step()
    {
        for (var i = 0; i < each && lines > 0; i++)
        {
            CacheLines.Fetch(next, 1);
            lines--;
            next += step;
            if (--left == 0)
            {
                next += turn;
                (turn, left) = (bothTurns - turn, stroke);
            }
        }
    }
}
