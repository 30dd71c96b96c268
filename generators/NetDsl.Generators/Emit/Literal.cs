using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit;

/// <summary>Values and names as C# text.</summary>
static class Literal
{
    const int FilledColumns = 150;

    public static string Of(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(float value) => value switch
    {
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        _ when float.IsNaN(value) => "float.NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture) + "f",
    };

    public static string Of(IEnumerable<Size> sizes) => $"[{string.Join(", ", sizes)}]";

    /// <summary>Items with commas between them, in lines that are filled.</summary>
    public static string Filled(IEnumerable<string> items)
    {
        var text = new StringBuilder();
        var column = 0;
        foreach (var item in items)
        {
            if (column > 0)
            {
                var fits = column + item.Length < FilledColumns;
                text.Append(fits ? ", " : ",\n");
                column = fits ? column + 2 : 0;
            }

            text.Append(item);
            column += item.Length;
        }

        return text.ToString();
    }

    /// <summary>A number as people read it: 431,080.</summary>
    public static string Grouped(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Lines as a raw string literal, to be written at one indentation.</summary>
    public static string Raw(string lines)
    {
        var quotes = 3;
        for (var (i, run) = (0, 0); i < lines.Length; i++)
        {
            run = lines[i] == '"' ? run + 1 : 0;
            quotes = Math.Max(quotes, run + 1);
        }

        var fence = new string('"', quotes);
        return $"{fence}\n{lines}\n{fence}";
    }

    /// <summary>An identifier, with <c>@</c> where it is a keyword.</summary>
    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>A layer's or parameter's name as a local variable: <c>conv1.weight</c> → <c>conv1Weight</c>.</summary>
    public static string Camel(string name)
    {
        var text = new StringBuilder();
        var upper = false;
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c))
            {
                upper = text.Length > 0;
                continue;
            }

            if (text.Length == 0 && char.IsDigit(c))
            {
                text.Append('_');
            }

            text.Append(text.Length == 0 ? char.ToLowerInvariant(c) : upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        return text.Length == 0 ? "value" : text.ToString();
    }

    public static string Offset(Size offset) => offset.IsFree ? offset.Long : offset.Value > int.MaxValue / 2 ? $"{offset}L" : $"{offset}";
}
