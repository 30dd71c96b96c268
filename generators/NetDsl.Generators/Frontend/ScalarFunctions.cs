namespace NetDsl.Generators.Frontend;

/// <summary>Which functions of <c>MathF</c> (and <c>Math</c>, <c>float</c>) lanes have, and how they are written.</summary>
static class ScalarFunctions
{
    /// <summary>The call over lanes, or null where lanes have no such function.</summary>
    public static string? Call(string function, IReadOnlyList<string> a) => (function, a.Count) switch
    {
        ("Exp" or "Log" or "Tanh", 1) or ("Pow", 2) => Lanes(function, a),
        ("Abs" or "Sqrt" or "Floor" or "Round", 1) => $"T.{function}({a[0]})",
        ("Max" or "Min", 2) => $"T.{function}({a[0]}, {a[1]})",
        ("Ceiling", 1) => $"-T.Floor(-({a[0]}))",
        ("Clamp", 3) => $"T.Min(T.Max({a[0]}, {a[1]}), {a[2]})",
        ("FusedMultiplyAdd", 3) => $"T.MultiplyAdd({a[0]}, {a[1]}, {a[2]})",
        _ => null,
    };

    /// <summary>The call of a function of <c>LanesMath</c>.</summary>
    public static string Lanes(string function, IEnumerable<string> arguments) => $"LanesMath.{function}({string.Join(", ", arguments)})";

    public const string Names = "Exp, Log, Tanh, Pow, Sqrt, Abs, Max, Min, Clamp, Floor, Ceiling, Round, FusedMultiplyAdd";
}
