using System.Globalization;

namespace NetDsl.Generators.Ir;

/// <summary>
/// A whole number of the compiler: the size of an axis, a count, a place in memory. It is a constant or, in a network whose height and width are free, an expression of them
/// that an instance computes. <see cref="Value"/> decides wherever the compiler has a choice: it is the size at the height and width that the network names for it.
/// </summary>
readonly struct Size : IEquatable<Size>
{
    readonly Polynomial? free;

    Size(long value, Polynomial? free)
    {
        Value = value;
        this.free = free?.Number is null ? free : null;
    }

    /// <summary>The number; of a free size, the one it has at the reference.</summary>
    public long Value { get; }

    public bool IsFree => free is not null;

    /// <summary>The number of a size that is not free.</summary>
    /// <exception cref="InvalidOperationException">It is free.</exception>
    public int Constant => IsFree ? throw new InvalidOperationException($"{this} is not a constant.") : checked((int)Value);

    /// <summary>It is free, and has a name or is one call.</summary>
    public bool IsFactor => free is { Terms.Count: 1 } && free.Terms[0] is { Coefficient: 1, Factors.Count: 1 };

    /// <summary>It is this number, whatever height and width are.</summary>
    public bool Is(long number) => !IsFree && Value == number;

    /// <param name="value">What it is at the reference.</param>
    /// <param name="factor">C# of it, as an operand of a product; never negative.</param>
    public static Size Free(long value, string factor) => new(value, Polynomial.Of(factor));

    public static Size Max(Size a, Size b) => Choose("Max", Math.Max(a.Value, b.Value), a, b);

    public static Size Min(Size a, Size b) => Choose("Min", Math.Min(a.Value, b.Value), a, b);

    public static Size Product(IEnumerable<Size> sizes) => sizes.Aggregate((Size)1, static (product, size) => product * size);

    public static Size Sum(IEnumerable<Size> sizes) => sizes.Aggregate((Size)0, static (sum, size) => sum + size);

    public static implicit operator Size(int value) => new(value, null);

    public static implicit operator Size(long value) => new(value, null);

    /// <summary>The number of a size that is not free.</summary>
    public static explicit operator int(Size size) => size.Constant;

    /// <summary>The number of a size that is not free.</summary>
    public static explicit operator long(Size size) => size.IsFree ? size.Constant : size.Value;

    public static Size operator +(Size a, Size b) => new(checked(a.Value + b.Value), a.IsFree || b.IsFree ? a.Form.Plus(b.Form) : null);

    public static Size operator -(Size a, Size b) => a + (-1 * b);

    public static Size operator *(Size a, Size b) => new(checked(a.Value * b.Value), a.IsFree || b.IsFree ? a.Form.Times(b.Form) : null);

    /// <summary>Rounds down.</summary>
    public static Size operator /(Size a, Size b)
    {
        var quotient = (a.Value - (((a.Value % b.Value) + b.Value) % b.Value)) / b.Value;
        return !a.IsFree && !b.IsFree ? quotient
            : !b.IsFree && b.Value > 0 ? new(quotient, a.Form.DividedBy(b.Value))
            : Free(quotient, $"({a.Operand} / {b.Operand})");
    }

    public static Size operator %(Size a, Size b) => a.IsFree || b.IsFree ? a - (a / b * b) : (Size)(((a.Value % b.Value) + b.Value) % b.Value);

    public static bool operator ==(Size a, Size b) => a.Equals(b);

    public static bool operator !=(Size a, Size b) => !a.Equals(b);

    public bool Equals(Size other) => Value == other.Value && Equals(free, other.free);

    public override bool Equals(object? obj) => obj is Size other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode() ^ (free?.GetHashCode() ?? 0);

    /// <summary>C#.</summary>
    public override string ToString() => free?.ToString() ?? Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>C# that is computed with 64 bits: for what counts the elements of all values.</summary>
    public string Long => free?.Long ?? Value.ToString(CultureInfo.InvariantCulture);

    Polynomial Form => free ?? Polynomial.Of(Value);

    /// <summary>C# that can stand beside any operator.</summary>
    public string Operand => !IsFree || IsFactor ? ToString() : $"({this})";

    /// <summary>Factors are never negative, so the first is never less than the second where no term of the difference is.</summary>
    public static bool IsNeverLess(Size a, Size b) => (a - b) is var difference && (difference.IsFree ? difference.free!.Terms.All(static t => t.Coefficient > 0) : difference.Value >= 0);

    static Size Choose(string function, Size more, Size a, Size b) =>
        IsNeverLess(a, b) ? (function == "Max" ? a : b) : IsNeverLess(b, a) ? (function == "Max" ? b : a) : Free(more.Value, $"Math.{function}({a.Long}, {b.Long})");
}
