using System.Globalization;
using System.Text.RegularExpressions;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// Marks sizes in the text of a method while it is written, so that kernels of other sizes can share it: the marks become its parameters. The window of a
/// pooling and other arguments are no sizes: they stay, and the JIT compiler folds them.
/// </summary>
static class SizeMark
{
    /// <summary>What emitters call sizes beside those that are called after a coordinate or a constant.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["count", "size", "all", "items", "places", "lastChunk", "chunks", "rows", "bytes", "from", "to", "fromStride", "toStride", "width", "filled", "key"];

    static readonly Regex Mark = new(@"⟦(?<type>float )?(?<name>\w+)=(?<value>[^⟧]+)⟧");

    /// <summary>A size; one that no int holds stays as it is.</summary>
    public static string Of(string name, Size value) => value.Value > int.MaxValue ? value.Long : $"⟦{name}={value}⟧";

    /// <summary>A constant of a node: a size if its name is that of a size, as <c>HO</c> is.</summary>
    public static string Of(Constant constant) =>
        constant.Free is { } free ? Of(constant.Name, free)
        : constant.IsFreeReal ? $"⟦float {constant.Name}={constant.Literal}⟧"
        : char.IsUpper(constant.Name[0]) && long.TryParse(constant.Literal, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? Of(constant.Name, value) : constant.Literal;

    /// <summary>Puts a name in the place of every mark. Sizes of one name and value are one.</summary>
    public static string Name(string text, List<SizeArgument> sizes) => Mark.Replace(text, match =>
    {
        var (name, value, type) = (match.Groups["name"].Value, match.Groups["value"].Value, match.Groups["type"].Success ? "float" : "int");
        var unique = name;
        for (var i = 2; sizes.Any(s => s.Name == unique && s.Value != value); i++)
        {
            unique = $"{name}{i}";
        }

        if (!sizes.Contains(new(unique, value, type)))
        {
            sizes.Add(new(unique, value, type));
        }

        return unique;
    });

    /// <summary>Puts the value in the place of every mark.</summary>
    public static string Value(string text) => Mark.Replace(text, static match => match.Groups["value"].Value);
}
