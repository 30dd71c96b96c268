namespace NetDsl.App;

/// <summary>Compares a name that is not known with those that are.</summary>
static class Spelling
{
    /// <summary>" Did you mean …?" with the nearest name, or nothing if none is near.</summary>
    public static string Suggest(string name, IEnumerable<string> names) =>
        names.MinBy(known => Distance(name, known)) is { } nearest && Distance(name, nearest) <= Math.Max(name.Length, nearest.Length) / 2
            ? $" Did you mean {nearest}?"
            : "";

    /// <summary>Letters to insert, delete or replace, whatever their case (V. Levenshtein, 1965).</summary>
    public static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (var i = 0; i < left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                var replace = diagonal + (char.ToUpperInvariant(left[i]) == char.ToUpperInvariant(right[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replace, 1 + Math.Min(row[j], row[j + 1]));
            }
        }
        return row[right.Length];
    }
}
