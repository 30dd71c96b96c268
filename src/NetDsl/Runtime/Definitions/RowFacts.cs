using System.Globalization;

namespace NetDsl.Runtime;

/// <summary>What stands behind the columns that every row has: <c>frozen</c>, or <c>rate 2</c>.</summary>
readonly struct RowFacts
{
    readonly List<string>? facts;

    public RowFacts(ref TableReader row)
    {
        for (var fact = row.Column(); fact.Length > 0; fact = row.Column())
        {
            (facts ??= []).Add(new(fact));
        }
    }

    public bool Has(string name) => facts is not null && facts.Contains(name);

    public int? Integer(string name) => Text(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;

    public float? Real(string name) => Text(name) is { } value ? float.Parse(value, CultureInfo.InvariantCulture) : null;

    /// <summary>A text: a name, of one line.</summary>
    public string? Text(string name)
    {
        foreach (var fact in facts ?? [])
        {
            if (fact.Length > name.Length && fact[name.Length] == ' ' && fact.StartsWith(name, StringComparison.Ordinal))
            {
                return TableReader.Unescape(fact.AsSpan(name.Length + 1));
            }
        }

        return null;
    }
}
