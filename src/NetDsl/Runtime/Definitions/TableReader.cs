using System.Text;

namespace NetDsl.Runtime;

/// <summary>
/// Reads a table of an emitted definition: a head, then a row a line, with two blanks or more between columns. In texts <c>\s</c> is a blank, <c>\n</c> and <c>\r</c>
/// end a line, <c>\\</c> is a backslash and <c>\e</c> nothing.
/// </summary>
ref struct TableReader
{
    readonly string table;
    int next;
    int place;
    int end;

    public TableReader(string table)
    {
        this.table = table;
        Next();
    }

    /// <summary>Goes to the next row.</summary>
    public bool Next()
    {
        if (next >= table.Length)
        {
            return false;
        }

        var line = table.IndexOf('\n', next);
        (place, end) = (next, line < 0 ? table.Length : line);
        next = end + 1;
        if (end > place && table[end - 1] == '\r')
        {
            end--;
        }

        return true;
    }

    /// <summary>The next column; empty at the end of the row.</summary>
    public ReadOnlySpan<char> Column()
    {
        SkipBlanks();
        var start = place;
        while (place < end && !(table[place] == ' ' && (place + 1 == end || table[place + 1] == ' ')))
        {
            place++;
        }

        return table.AsSpan(start, place - start);
    }

    public string Text() => Unescape(Column());

    public long Number()
    {
        var column = Column();
        return NumberScanner.TryWhole(column, out var number) ? number : throw Damaged(column);
    }

    public int Integer() => checked((int)Number());

    /// <summary>A shape: <c>[20, 24, 24]</c>.</summary>
    /// <param name="batched">It begins with the batch axis, N, which is left out.</param>
    public int[] Shape(out bool batched)
    {
        var column = Column();
        batched = column.Length > 1 && column[1] == 'N';
        return NumberScanner.Integers(column);
    }

    /// <inheritdoc cref="Shape(out bool)"/>
    public int[] Shape() => Shape(out _);

    /// <summary>What stands before and behind the last mark in what is left of the row.</summary>
    public (string Before, ReadOnlyMemory<char> Behind) Split(string mark)
    {
        SkipBlanks();
        var left = table.AsSpan(place, end - place);
        var at = left.LastIndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? throw Damaged(left) : (Unescape(left[..at]), table.AsMemory(place + at + mark.Length, left.Length - at - mark.Length));
    }

    public static FormatException Damaged(ReadOnlySpan<char> text) => new(
        $"A network's definition has '{text}' in one of its tables, which this version of NetDsl cannot read. Build the network's project again with this version.");

    void SkipBlanks()
    {
        while (place < end && table[place] == ' ')
        {
            place++;
        }
    }

    public static string Unescape(ReadOnlySpan<char> text)
    {
        if (text.IndexOf('\\') < 0)
        {
            return new(text);
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                plain.Append(text[i]);
            }
            else if (++i < text.Length && text[i] != 'e')
            {
                plain.Append(text[i] switch { 's' => ' ', 'n' => '\n', 'r' => '\r', var other => other });
            }
        }

        return plain.ToString();
    }
}
