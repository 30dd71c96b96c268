using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Shapes;

/// <summary>Operators of shape rules where an operand is free: the same numbers at the reference, and C# for an instance.</summary>
static class FreeArithmetic
{
    public static Quantity Binary(string operation, Quantity a, Quantity b) => operation switch
    {
        "+" => a.Size + b.Size,
        "-" => a.Size - b.Size,
        "*" => a.Size * b.Size,
        "/" => a.Size / NotZero(b.Size),
        "%" => a.Size % NotZero(b.Size),
        "ceil" => (a.Size + (b.Size - 1)) / NotZero(b.Size),
        "min" => Ir.Size.Min(a.Size, b.Size),
        "max" => Ir.Size.Max(a.Size, b.Size),
        "&&" => new(a.Holds && b.Holds ? 1 : 0, null, $"({a.Text} && {b.Text})"),
        "||" => new(a.Holds || b.Holds ? 1 : 0, null, $"({a.Text} || {b.Text})"),
        _ => Compare(operation, a.Size, b.Size),
    };

    public static Quantity Not(Quantity a) => new(a.Holds ? 0 : 1, null, $"!({a.Text})");

    /// <summary>One of two numbers: which of them, an instance decides.</summary>
    public static Quantity Choose(Quantity condition, Quantity whenTrue, Quantity whenFalse)
    {
        if (whenTrue.Condition.Length > 0 || whenFalse.Condition.Length > 0)
        {
            return new((condition.Holds ? whenTrue : whenFalse).Value, null, $"({condition.Text} ? {whenTrue.Text} : {whenFalse.Text})");
        }

        var (a, b) = (whenTrue.Size, whenFalse.Size);
        return a == b ? a : Ir.Size.Free(condition.Holds ? a.Value : b.Value, $"({condition.Text} ? {a} : {b})");
    }

    /// <summary>A comparison; where the difference is a number it is known.</summary>
    public static Quantity Compare(string operation, Size a, Size b)
    {
        var difference = a - b;
        var order = difference.Value;
        var holds = operation switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, ">=" => order >= 0, "==" => order == 0, _ => order != 0 };
        return new(holds ? 1 : 0, null, difference.IsFree ? $"{a} {operation} {b}" : "");
    }

    static Size NotZero(Size divisor) => divisor.Value != 0 ? divisor : throw new ShapeException("division by zero");
}
