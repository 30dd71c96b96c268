using System.Globalization;

namespace NetDsl.Generators.Shapes;

/// <summary>Computes expressions of shape rules. Sizes stay far below 2^53, so a double holds them exactly.</summary>
static class ExpressionEvaluator
{
    public static double Evaluate(Expression expression, IReadOnlyDictionary<string, double> names) => expression.Kind switch
    {
        ExpressionKind.Number => expression.Value,
        ExpressionKind.Name => names.TryGetValue(expression.Text, out var value)
            ? value
            : throw new ShapeException($"'{expression.Text}' is neither an axis nor an argument"),
        _ => Call(expression, names),
    };

    /// <summary>A size in words: integers without a point.</summary>
    public static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    static double Call(Expression call, IReadOnlyDictionary<string, double> names)
    {
        var a = Evaluate(call.Operands[0], names);
        switch (call.Text)
        {
            case "?":
                return Evaluate(call.Operands[a != 0 ? 1 : 2], names);
            case "&&" when a == 0:
                return 0;
            case "||" when a != 0:
                return 1;
            case "negate":
                return -a;
            case "!":
                return a == 0 ? 1 : 0;
            case "ceil" when call.Operands.Count == 1:
                return Math.Ceiling(a);
        }

        var b = Evaluate(call.Operands[1], names);
        return call.Text switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => Divide(a, b),
            "%" => a - (b * Math.Floor(Divide(a, b))),
            "ceil" => Math.Ceiling(a / NotZero(b)),
            "<" => a < b ? 1 : 0,
            "<=" => a <= b ? 1 : 0,
            ">" => a > b ? 1 : 0,
            ">=" => a >= b ? 1 : 0,
            "==" => a == b ? 1 : 0,
            "!=" => a != b ? 1 : 0,
            "&&" or "||" => b != 0 ? 1 : 0,
            "min" => Math.Min(a, b),
            "max" => Math.Max(a, b),
            _ => Pooled(a, b, Evaluate(call.Operands[2], names), Evaluate(call.Operands[3], names), Evaluate(call.Operands[4], names)),
        };
    }

    /// <summary>Rounds down between whole numbers; a rate or a factor divides exactly.</summary>
    static double Divide(double a, double b)
    {
        var quotient = a / NotZero(b);
        return Math.Floor(a) == a && Math.Floor(b) == b ? Math.Floor(quotient) : quotient;
    }

    /// <summary>
    /// Caffe's size of a pooled axis (pooling_layer.cpp). A last window that begins in the padding behind the input is dropped, but only where there
    /// is padding. <paramref name="rounding"/> is 0 for up, 1 for down.
    /// </summary>
    static double Pooled(double size, double kernel, double stride, double padding, double rounding)
    {
        var steps = (size + (2 * padding) - kernel) / NotZero(stride);
        var count = (rounding == 0 ? Math.Ceiling(steps) : Math.Floor(steps)) + 1;
        return padding > 0 && (count - 1) * stride >= size + padding ? count - 1 : count;
    }

    static double NotZero(double divisor) => divisor != 0 ? divisor : throw new ShapeException("division by zero");
}
