using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetDsl.Generators.Frontend;

/// <summary>C#'s arithmetic on constants.</summary>
static class Arithmetic
{
    /// <summary>The result, or null for operands that have no such operator.</summary>
    /// <exception cref="ArithmeticException">Division by zero, or an overflow in a checked expression.</exception>
    public static object? Binary(BinaryOperatorKind kind, object? a, object? b, bool isChecked)
    {
        if (kind is BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift)
        {
            return Shift(kind, a, b);
        }

        return (Promote(a, b), Promote(b, a)) switch
        {
            (string x, _) when kind == BinaryOperatorKind.Add => x + Text(b),
            (_, string y) when kind == BinaryOperatorKind.Add => Text(a) + y,
            (string x, string y) => Equality(kind, x == y),
            (bool x, bool y) => Logical(kind, x, y),
            (int x, int y) => Integral(kind, x, y) ?? (isChecked ? checked((int)Wide(kind, x, y)!) : unchecked((int?)Wide(kind, x, y))),
            (uint x, uint y) => Integral(kind, x, y) ?? (isChecked ? checked((uint)Wide(kind, x, y)!) : unchecked((uint?)Wide(kind, x, y))),
            (long x, long y) => Integral(kind, x, y) ?? (isChecked ? checked(Wide(kind, x, y)) : Wide(kind, x, y)),
            (ulong x, ulong y) => Integral(kind, unchecked((long)x), unchecked((long)y)) ?? unchecked((ulong?)Wide(kind, (long)x, (long)y)),
            (float x, float y) => Comparison(kind, x.CompareTo(y), x == y, float.IsNaN(x) || float.IsNaN(y)) ?? (float?)Real(kind, x, y, static v => (float)v),
            (double x, double y) => Comparison(kind, x.CompareTo(y), x == y, double.IsNaN(x) || double.IsNaN(y)) ?? Real(kind, x, y, static v => v),
            _ => null,
        };
    }

    public static object? Unary(UnaryOperatorKind kind, object? x) => (kind, x) switch
    {
        (UnaryOperatorKind.Plus, _) => x,
        (UnaryOperatorKind.Not, bool b) => !b,
        (UnaryOperatorKind.Minus, int i) => unchecked(-i),
        (UnaryOperatorKind.Minus, long i) => unchecked(-i),
        (UnaryOperatorKind.Minus, float f) => -f,
        (UnaryOperatorKind.Minus, double d) => -d,
        (UnaryOperatorKind.BitwiseNegation, int i) => ~i,
        (UnaryOperatorKind.BitwiseNegation, long i) => ~i,
        _ => null,
    };

    /// <summary>A numeric conversion, or null where there is none.</summary>
    public static object? Convert(object? value, SpecialType type)
    {
        if (value is char c)
        {
            value = (int)c;
        }

        if (TypeOf(value) == SpecialType.None || value is string or bool)
        {
            return null;
        }

        unchecked
        {
            return value is float or double
                ? FromReal(System.Convert.ToDouble(value, CultureInfo.InvariantCulture), type)
                : FromIntegral(value is ulong u ? (long)u : System.Convert.ToInt64(value, CultureInfo.InvariantCulture), value is ulong, type);
        }
    }

    public static SpecialType TypeOf(object? value) => value switch
    {
        bool => SpecialType.System_Boolean,
        char => SpecialType.System_Char,
        sbyte => SpecialType.System_SByte,
        byte => SpecialType.System_Byte,
        short => SpecialType.System_Int16,
        ushort => SpecialType.System_UInt16,
        int => SpecialType.System_Int32,
        uint => SpecialType.System_UInt32,
        long => SpecialType.System_Int64,
        ulong => SpecialType.System_UInt64,
        float => SpecialType.System_Single,
        double => SpecialType.System_Double,
        string => SpecialType.System_String,
        _ => SpecialType.None,
    };

    public static string Text(object? value) => System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Small integers count as int; a pair of different types as the wider one, which matters for patterns only.</summary>
    static object? Promote(object? value, object? other) => value switch
    {
        char or sbyte or byte or short or ushort => Promote(System.Convert.ToInt32(value, CultureInfo.InvariantCulture), other),
        int i when other is long => (long)i,
        int i when other is float => (float)i,
        int or float or long when other is double => System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => value,
    };

    static object? FromReal(double value, SpecialType type)
    {
        unchecked
        {
            return type switch
            {
                SpecialType.System_Single => (float)value,
                SpecialType.System_Double => value,
                _ => FromIntegral((long)value, false, type),
            };
        }
    }

    static object? FromIntegral(long value, bool isUnsigned, SpecialType type)
    {
        unchecked
        {
            return type switch
            {
                SpecialType.System_Char => (char)value,
                SpecialType.System_SByte => (sbyte)value,
                SpecialType.System_Byte => (byte)value,
                SpecialType.System_Int16 => (short)value,
                SpecialType.System_UInt16 => (ushort)value,
                SpecialType.System_Int32 => (int)value,
                SpecialType.System_UInt32 => (uint)value,
                SpecialType.System_Int64 => value,
                SpecialType.System_UInt64 => (ulong)value,
                SpecialType.System_Single => isUnsigned ? (float)(ulong)value : value,
                SpecialType.System_Double => isUnsigned ? (double)(ulong)value : value,
                _ => null,
            };
        }
    }

    static object? Shift(BinaryOperatorKind kind, object? a, object? b) => (Promote(a, null), b) switch
    {
        (int x, int y) => kind switch { BinaryOperatorKind.LeftShift => x << y, BinaryOperatorKind.RightShift => x >> y, _ => x >>> y },
        (long x, int y) => kind switch { BinaryOperatorKind.LeftShift => x << y, BinaryOperatorKind.RightShift => x >> y, _ => x >>> y },
        _ => null,
    };

    static object? Equality(BinaryOperatorKind kind, bool equal) => kind switch
    {
        BinaryOperatorKind.Equals => equal,
        BinaryOperatorKind.NotEquals => !equal,
        _ => null,
    };

    static object? Logical(BinaryOperatorKind kind, bool x, bool y) => kind switch
    {
        BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd => x & y,
        BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr => x | y,
        BinaryOperatorKind.ExclusiveOr => x ^ y,
        _ => Equality(kind, x == y),
    };

    static object? Integral(BinaryOperatorKind kind, long x, long y) => Comparison(kind, x.CompareTo(y), x == y, false);

    static object? Comparison(BinaryOperatorKind kind, int order, bool equal, bool unordered) => kind switch
    {
        BinaryOperatorKind.LessThan => !unordered && order < 0,
        BinaryOperatorKind.LessThanOrEqual => !unordered && order <= 0,
        BinaryOperatorKind.GreaterThan => !unordered && order > 0,
        BinaryOperatorKind.GreaterThanOrEqual => !unordered && order >= 0,
        _ => Equality(kind, equal),
    };

    static long? Wide(BinaryOperatorKind kind, long x, long y)
    {
        unchecked
        {
            return kind switch
            {
                BinaryOperatorKind.Add => x + y,
                BinaryOperatorKind.Subtract => x - y,
                BinaryOperatorKind.Multiply => x * y,
                BinaryOperatorKind.Divide => y == -1 ? -x : x / y,
                BinaryOperatorKind.Remainder => y == -1 ? 0 : x % y,
                BinaryOperatorKind.And => x & y,
                BinaryOperatorKind.Or => x | y,
                BinaryOperatorKind.ExclusiveOr => x ^ y,
                _ => null,
            };
        }
    }

    static object? Real(BinaryOperatorKind kind, double x, double y, Func<double, object> round) => kind switch
    {
        BinaryOperatorKind.Add => round(x + y),
        BinaryOperatorKind.Subtract => round(x - y),
        BinaryOperatorKind.Multiply => round(x * y),
        BinaryOperatorKind.Divide => round(x / y),
        BinaryOperatorKind.Remainder => round(x % y),
        _ => null,
    };
}
