using System.Text;

namespace NetDsl.Generators.Ir;

/// <summary>
/// A sum of products in normal form: equal sums are equal values. Whole division leaves what does not divide in a factor of its own, whose numerator is never
/// negative where the factors are not, so that C# rounds it as we do: down.
/// </summary>
sealed record Polynomial(EquatableArray<Term> Terms)
{
    public static Polynomial Of(long number) => Sum([new Term(number, [])]);

    /// <param name="factor">C# of a whole number that is not negative, as an operand of a product.</param>
    public static Polynomial Of(string factor) => new([new Term(1, [factor])]);

    /// <summary>The number, where there is nothing else.</summary>
    public long? Number => Terms.Count == 0 ? 0 : Terms.Count == 1 && Terms[0].Factors.Count == 0 ? Terms[0].Coefficient : null;

    public Polynomial Plus(Polynomial other) => Sum(Terms.Concat(other.Terms));

    public Polynomial Times(Polynomial other) => Sum(Terms.SelectMany(a => other.Terms.Select(a.Times)));

    /// <summary>Divides by a number above 0 and rounds down.</summary>
    public Polynomial DividedBy(long divisor)
    {
        var (whole, rest) = (new List<Term>(), new List<Term>());
        foreach (var term in Terms)
        {
            var remainder = ((term.Coefficient % divisor) + divisor) % divisor;
            whole.Add(term with { Coefficient = (term.Coefficient - remainder) / divisor });
            rest.Add(term with { Coefficient = remainder });
        }

        var left = Sum(rest);
        return left.Number is not null ? Sum(whole) : Sum(whole).Plus(Of($"({left.Operand} / {divisor})"));
    }

    /// <summary>The least that it can be; null where this is not known.</summary>
    public long? Least => Terms.Any(static t => t.Coefficient < 0 && t.Factors.Count > 0) ? null : Terms.Sum(static t => t.Coefficient * t.LeastProduct);

    /// <summary>C# that can stand beside any operator.</summary>
    public string Operand => Terms.Count == 1 && Terms[0] is { Coefficient: 1, Factors.Count: 1 } ? Terms[0].Key : $"({this})";

    /// <summary>C#, the number last.</summary>
    public override string ToString() => Text(static term => term.ToString());

    /// <summary>C# that is computed with 64 bits.</summary>
    public string Long => Text(static term => term.Long);

    string Text(Func<Term, string> form)
    {
        var text = new StringBuilder();
        foreach (var term in Terms)
        {
            var sign = term.Coefficient < 0 ? "-" : "+";
            text.Append(text.Length > 0 ? $" {sign} " : term.Coefficient < 0 ? "-" : "").Append(form(term));
        }

        return text.Length == 0 ? "0" : text.ToString();
    }

    static Polynomial Sum(IEnumerable<Term> terms) => new(terms
        .GroupBy(static t => t.Key)
        .Select(static g => g.First() with { Coefficient = g.Sum(static t => t.Coefficient) })
        .Where(static t => t.Coefficient != 0)
        .OrderBy(static t => t.Factors.Count == 0 ? 1 : 0).ThenBy(static t => t.Coefficient < 0 ? 1 : 0).ThenBy(static t => t.Key, StringComparer.Ordinal)
        .ToEquatableArray());
}
