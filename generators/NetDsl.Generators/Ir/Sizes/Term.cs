using System.Globalization;

namespace NetDsl.Generators.Ir;

/// <summary>A product of a number and of names or calls that stand for whole numbers: <c>64 * size.Height1 * size.Width1</c>.</summary>
/// <param name="Coefficient">The number.</param>
/// <param name="Factors">C# of the others, in order; none for a number alone.</param>
sealed record Term(long Coefficient, EquatableArray<string> Factors)
{
    /// <summary>Tells which terms can be added.</summary>
    public string Key => string.Join(" * ", Factors);

    /// <summary>The least that the factors make: sizes of axes are 1 or more, others not negative.</summary>
    public int LeastProduct => Factors.All(FreeSizes.IsAxis) ? 1 : 0;

    public Term Times(Term other) => new(
        checked(Coefficient * other.Coefficient), Factors.Concat(other.Factors).OrderBy(static f => f, StringComparer.Ordinal).ToEquatableArray());

    /// <summary>C#, without the sign.</summary>
    public override string ToString() => Factors.Count > 0 && Math.Abs(Coefficient) == 1 ? Key : Text("");

    /// <summary>C# that is computed with 64 bits, without the sign.</summary>
    public string Long => Factors.Count == 1 && Math.Abs(Coefficient) == 1 ? Key : Text("L");

    string Text(string suffix)
    {
        var number = Math.Abs(Coefficient).ToString(CultureInfo.InvariantCulture) + suffix;
        return Factors.Count == 0 ? number : $"{number} * {Key}";
    }
}
