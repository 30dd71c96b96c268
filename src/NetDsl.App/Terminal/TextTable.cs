namespace NetDsl.App;

/// <summary>Rows of cells in aligned columns, as plain text: the same on a terminal, in a file and for a script.</summary>
/// <param name="columns">The titles; one that begins with '>' is aligned to the right, as its column.</param>
sealed class TextTable(params string[] columns)
{
    const string Gap = "  ";

    readonly List<string[]> rows = [[.. columns.Select(column => column.TrimStart('>'))]];

    public void Add(params string[] cells) => rows.Add(cells);

    public void Write(TextWriter output)
    {
        int[] widths = [.. columns.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (var row in rows)
        {
            output.WriteLine(string.Join(Gap, row.Select((cell, column) => columns[column].StartsWith('>') ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
