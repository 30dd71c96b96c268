using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Shapes;

/// <summary>Operators of shape rules where an operand is free: the same numbers at the reference, and C# for an instance.</summary>
static class FreeArithmetic
{
    public static Quantity Binary(string operation, Quantity a, Quantity b) => operation switch
    {
        not ("&&" or "||") when a.IsReal || b.IsReal => Real(operation, a, b),
        "+" => a.Size + b.Size,
        "-" => a.Size - b.Size,
        "*" => a.Size * b.Size,
        "/" => a.Size / NotZero(b.Size),
        "%" => a.Size % NotZero(b.Size),
        "ceil" => (a.Size + (b.Size - 1)) / NotZero(b.Size),
        "min" => Size.Min(a.Size, b.Size),
        "max" => Size.Max(a.Size, b.Size),
        "&&" => new(a.Holds && b.Holds ? 1 : 0, null, $"({a.Text} && {b.Text})"),
        "||" => new(a.Holds || b.Holds ? 1 : 0, null, $"({a.Text} || {b.Text})"),
        _ => Compare(operation, a.Size, b.Size),
    };

    /// <summary>Arithmetic of fractions, which only arguments and conditions have.</summary>
    static Quantity Real(string operation, Quantity a, Quantity b)
    {
        var (x, y) = (a.Value, b.Value);
        return operation switch
        {
            "+" => Number(x + y, $"({a.Double} + {b.Double})"),
            "-" => Number(x - y, $"({a.Double} - {b.Double})"),
            "*" => Number(x * y, $"({a.Double} * {b.Double})"),
            "/" => Number(x / y, $"({a.Double} / {b.Double})"),
            "min" => Number(Math.Min(x, y), $"Math.Min({a.Double}, {b.Double})"),
            "max" => Number(Math.Max(x, y), $"Math.Max({a.Double}, {b.Double})"),
            "%" or "ceil" => throw new ShapeException($"'{operation}' takes whole numbers, but a float follows here from the height and width, which are free"),
            _ => new(Holds(operation, x, y) ? 1 : 0, null, $"{a.Double} {operation} {b.Double}"),
        };

        static Quantity Number(double value, string text) => new(value, Real: text);
    }

    static bool Holds(string operation, double a, double b) => operation switch { "<" => a < b, "<=" => a <= b, ">" => a > b, ">=" => a >= b, "==" => a == b, _ => a != b };

    public static Quantity Not(Quantity a) => new(a.Holds ? 0 : 1, null, $"!({a.Text})");

    /// <summary>One of two numbers: which of them, an instance decides.</summary>
    public static Quantity Choose(Quantity condition, Quantity whenTrue, Quantity whenFalse)
    {
        if (whenTrue.Condition.Length > 0 || whenFalse.Condition.Length > 0)
        {
            return new((condition.Holds ? whenTrue : whenFalse).Value, null, $"({condition.Text} ? {whenTrue.Text} : {whenFalse.Text})");
        }

        if (whenTrue.IsReal || whenFalse.IsReal)
        {
            return new((condition.Holds ? whenTrue : whenFalse).Value, Real: $"({condition.Text} ? {whenTrue.Double} : {whenFalse.Double})");
        }

        var (a, b) = (whenTrue.Size, whenFalse.Size);
        return a == b ? a : Size.Free(condition.Holds ? a.Value : b.Value, $"({condition.Text} ? {a} : {b})");
    }

    /// <summary>A comparison; it is known where height and width cannot change it.</summary>
    public static Quantity Compare(string operation, Size a, Size b)
    {
        var holds = Holds(operation, a.Value, b.Value);
        var isKnown = !(a - b).IsFree || operation switch
        {
            "<" or ">=" => Size.IsNeverLess(a, b) || Size.IsNeverLess(b, a + 1),
            ">" or "<=" => Size.IsNeverLess(b, a) || Size.IsNeverLess(a, b + 1),
            _ => Size.IsNeverLess(a, b + 1) || Size.IsNeverLess(b, a + 1),
        };
        return new(holds ? 1 : 0, null, isKnown ? "" : $"{a} {operation} {b}");
    }

    static Size NotZero(Size divisor) => divisor.Value != 0 ? divisor : throw new ShapeException("division by zero");
}
