using System.Text.RegularExpressions;

namespace NetDsl.Generators.Emit.Definitions;

/// <summary>A table of a definition as a raw string, with its columns aligned. Numbers stand at the right.</summary>
static class TableText
{
    const string Blanks = "  ";

    /// <summary>C# of the table.</summary>
    /// <param name="method">The method of <c>DefinitionTable</c> that reads it.</param>
    /// <param name="head">The names of the columns.</param>
    /// <param name="rows">The rows. What goes beyond the columns that have names is optional.</param>
    public static string Of(string method, IReadOnlyList<string> head, IReadOnlyList<string[]> rows)
    {
        var columns = Enumerable.Range(0, head.Count).Select(c => new Column(head[c], rows.Select(row => row[c]), Last: c == head.Count - 1 && rows.All(row => row.Length <= head.Count))).ToList();
        var lines = rows.Prepend([.. head]).Select(row => string.Join(Blanks, row.Select((cell, c) => c < columns.Count ? columns[c].Aligned(cell) : cell)).TrimEnd());
        return $"global::NetDsl.Runtime.DefinitionTable.{method}({Literal(string.Join("\n", lines.Select(static line => $"    {line}")))}),";
    }

    static string Literal(string text)
    {
        var raw = Emit.Literal.Raw(text);
        if (text.IndexOf(Cell.Open) < 0)
        {
            return raw;
        }

        // As many braces around what is computed as appear nowhere else.
        var braces = Regex.Matches(text, "[{]+|[}]+").Cast<Match>().Select(static m => m.Length + 1).Append(2).Max();
        var filled = raw.Replace($"{Cell.Open}", new string('{', braces)).Replace($"{Cell.Close}", new string('}', braces));
        return $"global::System.FormattableString.Invariant({new string('$', braces)}{filled})";
    }

    sealed record Column(string Head, IEnumerable<string> Cells, bool Last)
    {
        readonly int width = Cells.Append(Head).Max(static cell => cell.Length);
        readonly bool numeric = Cells.All(static cell => cell.Length > 0 && cell.All(static c => char.IsDigit(c)));

        public string Aligned(string cell) => numeric ? cell.PadLeft(width) : Last ? cell : cell.PadRight(width);
    }
}
