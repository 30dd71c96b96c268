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

    /// <summary>It is free, and a name says what it is.</summary>
    public bool IsNamed => free is { Terms.Count: 1 } && free.Terms[0] is { Coefficient: 1, Factors: [var factor] } && factor.All(static c => char.IsLetterOrDigit(c) || c == '.');

    /// <summary>It is this number, whatever height and width are.</summary>
    public bool Is(long number) => !IsFree && Value == number;

    /// <param name="value">What it is at the reference.</param>
    /// <param name="factor">C# of it, as an operand of a product; never negative.</param>
    public static Size Free(long value, string factor) => new(value, Polynomial.Of(factor));

    public static Size Max(Size a, Size b) => Choose(nameof(Math.Max), Math.Max(a.Value, b.Value), a, b);

    public static Size Min(Size a, Size b) => Choose(nameof(Math.Min), Math.Min(a.Value, b.Value), a, b);

    /// <summary>The largest of sizes, 0 of none; C# for several calls <c>Largest</c> of an instance's sizes.</summary>
    public static Size Largest(IEnumerable<Size> sizes)
    {
        var left = new List<Size>();
        foreach (var size in sizes)
        {
            if (!left.Any(l => IsNeverLess(l, size)))
            {
                left.RemoveAll(l => IsNeverLess(size, l));
                left.Add(size);
            }
        }

        return left.Count switch
        {
            0 => 0,
            1 => left[0],
            _ => Free(left.Max(static s => s.Value), $"Largest({string.Join(", ", left.Select(static s => s.Long))})"),
        };
    }

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
    public override string ToString() => free is null ? Value.ToString(CultureInfo.InvariantCulture) : Outermost(free.ToString());

    /// <summary>C# that is computed with 64 bits: for what counts the elements of all values.</summary>
    public string Long => free is null ? ToString() : Outermost(free.Long);

    /// <summary>Without parentheses around all of it, unless a choice is in them.</summary>
    static string Outermost(string text)
    {
        if (text.Contains('?'))
        {
            return text;
        }

        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0 && i < text.Length - 1)
            {
                return text;
            }
        }

        return text.Substring(1, text.Length - 2);
    }

    Polynomial Form => free ?? Polynomial.Of(Value);

    /// <summary>C# that can stand beside any operator.</summary>
    public string Operand => free?.Operand ?? ToString();

    /// <summary>The first is not less than the second, whatever height and width are. False where this is not known.</summary>
    public static bool IsNeverLess(Size a, Size b) => (a - b).Form.Least >= 0;

    static Size Choose(string function, Size more, Size a, Size b) =>
        IsNeverLess(a, b) ? (function == nameof(Math.Max) ? a : b) : IsNeverLess(b, a) ? (function == nameof(Math.Max) ? b : a) : Free(more.Value, $"Math.{function}({a.Long}, {b.Long})");
}
