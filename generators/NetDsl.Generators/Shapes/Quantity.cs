using System.Globalization;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Shapes;

/// <summary>
/// What an expression of a shape rule amounts to. Sizes, arguments and conditions are all numbers, conditions hold if they are not 0; where an instance decides, there is also C# for it.
/// </summary>
/// <param name="Value">The number, at the reference where it is free.</param>
/// <param name="Free">The free size that it is.</param>
/// <param name="Condition">C# of the condition that it is.</param>
readonly record struct Quantity(double Value, Size? Free = null, string Condition = "")
{
    public static implicit operator Quantity(double value) => new(value);

    public static implicit operator Quantity(Size size) => new(size.Value, size.IsFree ? size : null);

    /// <summary>An instance decides it.</summary>
    public bool IsFree => Free is not null || Condition.Length > 0;

    public bool Holds => Value != 0;

    public bool IsWhole => Math.Floor(Value) == Value;

    /// <summary>The whole number.</summary>
    /// <exception cref="ShapeException">It is a fraction.</exception>
    public Size Size => Free ?? (IsWhole && Math.Abs(Value) < long.MaxValue ? (Size)(long)Value : throw new ShapeException($"a free size meets {this}, which is not whole"));

    /// <summary>C# of a condition.</summary>
    public string Text => Condition.Length > 0 ? Condition : Holds ? "true" : "false";

    /// <summary>As people read it: integers without a point.</summary>
    public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>In the text of an interpolated string.</summary>
    public string Hole => Free is { } size ? FreeSizes.Hole(size) : ToString();
}
