using Microsoft.CodeAnalysis.Operations;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Frontend;

/// <summary>C#'s integer arithmetic on sizes that an instance decides: what <c>x.Shape</c> holds of free axes.</summary>
static class FreeNumbers
{
    /// <summary>A size as a value of C#: an int unless it is free.</summary>
    public static object Known(Size size) => size.IsFree ? (object)size : size.Constant;

    /// <summary>The result; null where there is no such operator.</summary>
    /// <param name="kind">The operator.</param>
    /// <param name="a">An int or a free size.</param>
    /// <param name="b">The same.</param>
    /// <param name="guard">Called with C# of a comparison that the evaluation goes by.</param>
    public static object? Binary(BinaryOperatorKind kind, object? a, object? b, Action<string> guard)
    {
        if (Of(a) is not { } x || Of(b) is not { } y)
        {
            return null;
        }

        return kind switch
        {
            BinaryOperatorKind.Add => Known(x + y),
            BinaryOperatorKind.Subtract => Known(x - y),
            BinaryOperatorKind.Multiply => Known(x * y),
            BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder when y.Value == 0 => throw new DivideByZeroException(),
            BinaryOperatorKind.Divide => Known(x / y),
            BinaryOperatorKind.Remainder => Known(x % y),
            BinaryOperatorKind.LessThan => Compare("<", ">="),
            BinaryOperatorKind.LessThanOrEqual => Compare("<=", ">"),
            BinaryOperatorKind.GreaterThan => Compare(">", "<="),
            BinaryOperatorKind.GreaterThanOrEqual => Compare(">=", "<"),
            BinaryOperatorKind.Equals => Compare("==", "!="),
            BinaryOperatorKind.NotEquals => Compare("!=", "=="),
            _ => null,
        };

        bool Compare(string operation, string opposite)
        {
            var result = FreeArithmetic.Compare(operation, x, y);
            if (result.Condition.Length > 0)
            {
                guard(result.Holds ? result.Condition : FreeArithmetic.Compare(opposite, x, y).Condition);
            }

            return result.Holds;
        }
    }

    /// <summary>Arithmetic of floats, of which an instance decides one; null where there is no such operator.</summary>
    public static object? Real(BinaryOperatorKind kind, object? a, object? b)
    {
        if (RealOf(a) is not { } x || RealOf(b) is not { } y)
        {
            return null;
        }

        return kind switch
        {
            BinaryOperatorKind.Add => new FreeReal(x.Value + y.Value, $"({x.Text} + {y.Text})"),
            BinaryOperatorKind.Subtract => new FreeReal(x.Value - y.Value, $"({x.Text} - {y.Text})"),
            BinaryOperatorKind.Multiply => new FreeReal(x.Value * y.Value, $"({x.Text} * {y.Text})"),
            BinaryOperatorKind.Divide => new FreeReal(x.Value / y.Value, $"({x.Text} / {y.Text})"),
            _ => null,
        };
    }

    static FreeReal? RealOf(object? value) => value switch
    {
        FreeReal real => real,
        Size size => FreeReal.Of(size),
        float number => new(number, Emit.Literal.Of(number)),
        int number => new(number, Emit.Literal.Of((float)number)),
        _ => null,
    };

    static Size? Of(object? value) => value switch { Size size => size, int number => number, _ => null };
}
