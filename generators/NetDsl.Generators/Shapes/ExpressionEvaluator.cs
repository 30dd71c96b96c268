namespace NetDsl.Generators.Shapes;

/// <summary>Computes expressions of shape rules. Sizes stay far below 2^53, so a double holds them exactly.</summary>
static class ExpressionEvaluator
{
    public static Quantity Evaluate(Expression expression, IReadOnlyDictionary<string, Quantity> names) => expression.Kind switch
    {
        ExpressionKind.Number => expression.Value,
        ExpressionKind.Name => names.TryGetValue(expression.Text, out var value)
            ? value
            : throw new ShapeException($"'{expression.Text}' is neither an axis nor an argument"),
        _ => Call(expression, names),
    };

    static Quantity Call(Expression call, IReadOnlyDictionary<string, Quantity> names)
    {
        var a = Evaluate(call.Operands[0], names);
        switch (call.Text)
        {
            case "?":
                return a.IsFree
                    ? FreeArithmetic.Choose(a, Evaluate(call.Operands[1], names), Evaluate(call.Operands[2], names))
                    : Evaluate(call.Operands[a.Holds ? 1 : 2], names);
            case "&&" when !a.IsFree && !a.Holds:
                return 0;
            case "||" when !a.IsFree && a.Holds:
                return 1;
            case "negate":
                return a.IsFree ? FreeArithmetic.Binary("*", -1, a) : -a.Value;
            case "!":
                return a.IsFree ? FreeArithmetic.Not(a) : a.Holds ? 0 : 1;
            case "ceil" when call.Operands.Count == 1:
                return a.IsFree ? a.Size : Math.Ceiling(a.Value);
        }

        var b = Evaluate(call.Operands[1], names);
        if (call.Text == "pooled")
        {
            return Pooled(a, b, Evaluate(call.Operands[2], names), Evaluate(call.Operands[3], names), Evaluate(call.Operands[4], names));
        }

        return a.IsFree || b.IsFree ? FreeArithmetic.Binary(call.Text, a, b) : Binary(call.Text, a.Value, b.Value);
    }

    static double Binary(string operation, double a, double b) => operation switch
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
        "min" => Math.Min(a, b),
        "max" => Math.Max(a, b),
        _ => b != 0 ? 1 : 0,
    };

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
    static Quantity Pooled(Quantity size, Quantity kernel, Quantity stride, Quantity padding, Quantity rounding)
    {
        NotZero(stride.Value);
        Quantity covered = Operate("-", Operate("+", size, Operate("*", 2, padding)), kernel);
        var count = Operate("+", Operate(rounding.Holds ? "/" : "ceil", covered, stride), 1);
        if (padding is { IsFree: false, Value: <= 0 })
        {
            return count;
        }

        var beyond = Operate(">=", Operate("*", Operate("-", count, 1), stride), Operate("+", size, padding));
        return beyond.IsFree ? FreeArithmetic.Choose(beyond, Operate("-", count, 1), count) : beyond.Holds ? Operate("-", count, 1) : count;
    }

    static Quantity Operate(string operation, Quantity a, Quantity b) =>
        a.IsFree || b.IsFree ? FreeArithmetic.Binary(operation, a, b) : Binary(operation, a.Value, b.Value);

    static double NotZero(double divisor) => divisor != 0 ? divisor : throw new ShapeException("division by zero");
}
