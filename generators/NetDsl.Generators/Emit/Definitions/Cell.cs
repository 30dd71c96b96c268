using System.Globalization;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Definitions;

/// <summary>What stands in a column of a definition's table. Sizes that an instance decides stand as C# between <see cref="Open"/> and <see cref="Close"/>.</summary>
static class Cell
{
    public const char Open = '\uE000';
    public const char Close = '\uE001';

    /// <summary>A name or a sentence. Blanks that would end a column, ends of lines and nothing at all are escaped.</summary>
    public static string Of(string text)
    {
        var escaped = text.Replace(@"\", @"\\").Replace("\n", @"\n").Replace("\r", @"\r").Replace("  ", @" \s");
        escaped = escaped.StartsWith(" ", StringComparison.Ordinal) ? @"\s" + escaped.Substring(1) : escaped;
        return escaped.EndsWith(" ", StringComparison.Ordinal) ? escaped.Substring(0, escaped.Length - 1) + @"\s" : escaped.Length == 0 ? @"\e" : escaped;
    }

    /// <summary>A count or a place: 64 bits.</summary>
    public static string Of(Size size) => size.IsFree ? Hole(size.Long) : size.ToString();

    public static string Of(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>C# of 32 bits; a number stands as it is.</summary>
    public static string Number(string code) => long.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? code : Hole(code);

    /// <summary>A shape, with N for the batch axis.</summary>
    public static string Shape(TensorType type) => Shape(type.Sizes, type.Batched ? ["N"] : []);

    /// <inheritdoc cref="Shape(TensorType)"/>
    public static string Shape(IEnumerable<Size> sizes, params string[] batch) => $"[{string.Join(", ", batch.Concat(sizes.Select(static s => Number(s.ToString()))))}]";

    /// <summary>A colon would begin a format.</summary>
    static string Hole(string code) => code.IndexOf(':') < 0 ? $"{Open}{code}{Close}" : $"{Open}({code}){Close}";
}
