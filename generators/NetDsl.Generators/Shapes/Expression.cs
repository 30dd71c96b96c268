using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Shapes;

/// <summary>What an <see cref="Expression"/> is.</summary>
enum ExpressionKind
{
    Number,
    Name,

    /// <summary>An operator or a function: its name is in <see cref="Expression.Text"/>.</summary>
    Call,
}

/// <summary>
/// An expression of a shape rule: <c>(H + 2*padding.Height - kernel.Height)/stride.Height + 1</c>. Sizes, arguments and conditions are all
/// numbers: a condition holds if it is not 0.
/// </summary>
sealed record Expression(ExpressionKind Kind, string Text, double Value, EquatableArray<Expression> Operands)
{
    public static Expression Number(double value) => new(ExpressionKind.Number, "", value, []);

    public static Expression Name(string name) => new(ExpressionKind.Name, name, 0, []);

    public static Expression Call(string function, params Expression[] operands) => new(ExpressionKind.Call, function, 0, operands.ToEquatableArray());

    /// <summary>Every name that the expression reads.</summary>
    public IEnumerable<string> Names =>
        Kind == ExpressionKind.Name ? [Text] : Operands.SelectMany(static o => o.Names);
}
