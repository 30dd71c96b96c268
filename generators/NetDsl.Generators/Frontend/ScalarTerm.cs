using System.Globalization;

namespace NetDsl.Generators.Frontend;

/// <summary>
/// A piece of a translated scalar function. Over lanes it differs from sample to sample; otherwise it is C# over the operator's arguments, which the
/// compiler folds, and enters lanes by <c>T.Create</c>.
/// </summary>
/// <param name="Precedence">How tightly its outermost operator binds: see the constants.</param>
readonly record struct ScalarTerm(string Text, bool IsLanes, int Precedence)
{
    public const int Conditional = 0, Or = 1, And = 2, Comparison = 3, Sum = 4, Product = 5, Prefix = 6, Primary = 7;

    public static ScalarTerm Lanes(string text, int precedence = Primary) => new(text, true, precedence);

    public static ScalarTerm Uniform(string text, int precedence = Primary) => new(text, false, precedence);

    public static ScalarTerm Literal(object value) => value switch
    {
        float f => Number(Emit.Literal.Of(f), f < 0),
        int i => Number(i.ToString(CultureInfo.InvariantCulture), i < 0),
        bool b => Uniform(b ? "true" : "false"),
        _ => default,
    };

    /// <summary>The term as lanes.</summary>
    public string Lifted => IsLanes ? Text
        : int.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? $"T.Create({Text}f)"
        : $"T.Create({Text})";

    /// <summary>The text, in parentheses where an operator of <paramref name="precedence"/> stands beside it.</summary>
    public string In(int precedence) => Precedence < precedence ? $"({Text})" : Text;

    public string LiftedIn(int precedence) => IsLanes ? In(precedence) : Lifted;

    static ScalarTerm Number(string text, bool negative) => Uniform(text, negative ? Prefix : Primary);
}
