using System.Text.RegularExpressions;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Simt;

/// <summary>
/// The statements of a kernel with its sizes and places taken out: <c>n[0]</c>, <c>n[1]</c>, … stand for them. Kernels of one form are one method, compiled once, and
/// differ in a row of numbers.
/// </summary>
/// <param name="Text">The statements.</param>
/// <param name="Numbers">What stands for what, in the order in which they appear.</param>
sealed record SimtForm(string Text, IReadOnlyList<string> Numbers)
{
    /// <summary>Marks, in a text that is to become a form, a number that varies whatever its value is.</summary>
    public static string Mark(string number) => $"⟦{number}⟧";

    /// <summary>A size: what an instance decides is marked, others the form finds by itself.</summary>
    public static string Number(Size size) => size.IsFree ? Mark(size.ToString()) : size.ToString();

    /// <summary>A constant of a node, in the same way.</summary>
    public static string Number(Constant constant) =>
        constant.IsFreeReal ? $"Interop.IntAsFloat({Mark($"System.BitConverter.SingleToInt32Bits({constant.Literal})u")})" : constant.Free is null ? constant.Literal : Mark(constant.Literal);

    /// <summary>Marked numbers, the arguments of a kernel method, and whatever else is greater than 1. Parts of names and of real numbers are none of them.</summary>
    static readonly Regex Numbered = new(@"⟦(?<marked>[^⟧]+?)(?<suffix>[Lu]?)⟧|(?<=\w: )(?<marked>\d+)(?<suffix>[Lu]?)(?![\w.])|(?<![\w.])(?<marked>[2-9]|[1-9]\d+)(?<suffix>[Lu]?)(?![\w.])");

    public static SimtForm Of(string text)
    {
        var numbers = new List<string>();
        var form = Numbered.Replace(text, match =>
        {
            var (number, suffix) = (match.Groups["marked"].Value, match.Groups["suffix"].Value);
            if (long.TryParse(number, out var value) && value > int.MaxValue)
            {
                return number + suffix;
            }

            numbers.Add(number);
            return $"{suffix switch { "L" => "(long)", "u" => "(uint)", _ => "" }}n[{numbers.Count - 1}]";
        });
        return new(form, numbers);
    }
}
