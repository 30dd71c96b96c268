using System.Globalization;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Shapes;

/// <summary>
/// What an expression of a shape rule amounts to. Sizes, arguments and conditions are all numbers, conditions hold if they are not 0; where an instance decides, there is also C# for it.
/// </summary>
/// <param name="Value">The number, at the reference where it is free.</param>
/// <param name="Free">The free size that it is.</param>
/// <param name="Condition">C# of the condition that it is.</param>
/// <param name="Real">C# of the number that it is, where it is computed from a float that an instance decides.</param>
readonly record struct Quantity(double Value, Size? Free = null, string Condition = "", string Real = "")
{
    public static implicit operator Quantity(double value) => new(value);

    public static implicit operator Quantity(Size size) => new(size.Value, size.IsFree ? size : null);

    /// <summary>An instance decides it.</summary>
    public bool IsFree => Free is not null || Condition.Length > 0 || Real.Length > 0;

    public bool Holds => Value != 0;

    public bool IsWhole => Math.Floor(Value) == Value;

    /// <summary>The whole number.</summary>
    /// <exception cref="ShapeException">It is a fraction.</exception>
    public Size Size => Free ?? (Real.Length > 0 ? throw new ShapeException("a size is computed from a float that follows from the height and width, which are free") : IsWhole && Math.Abs(Value) < long.MaxValue ? (Size)(long)Value : throw new ShapeException($"a free size meets {this}, which is not whole"));

    /// <summary>It takes part in arithmetic of fractions.</summary>
    public bool IsReal => Real.Length > 0 || (Free is null && !IsWhole);

    /// <summary>C# of a condition.</summary>
    public string Text => Condition.Length > 0 ? Condition : Real.Length > 0 ? $"({Real} != 0)" : Holds ? "true" : "false";

    /// <summary>C# of a number, with the precision of a double, as an operand of anything.</summary>
    public string Double => Real.Length > 0 ? Real : Free is { } size ? $"(double){size.Operand}" : $"({Value.ToString("R", CultureInfo.InvariantCulture)}d)";

    /// <summary>As people read it: integers without a point, floats as they are written.</summary>
    public override string ToString() => !IsWhole && (float)Value == Value ? ((float)Value).ToString("R", CultureInfo.InvariantCulture) : Value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>In the text of an interpolated string.</summary>
    public string Hole => Real.Length > 0 ? $"{{(float)({Real})}}" : Free is { } size ? FreeSizes.Hole(size) : ToString();
}
