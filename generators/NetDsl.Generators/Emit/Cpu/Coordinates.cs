using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>The coordinates that a kernel method asks for, from a number that counts the elements of its result or of some of its axes.</summary>
static class Coordinates
{
    /// <summary>The coordinates of a node, in the order of their axes; the flat index is none.</summary>
    public static List<KernelArgument> Of(Node node) =>
        [.. node.Member.Arguments.Where(static a => a.Kind == BindingKind.Coordinate && a.Axis >= 0).OrderBy(static a => a.Axis)];

    /// <summary>How many values a coordinate takes.</summary>
    public static Size Size(KernelArgument coordinate, EquatableArray<Size> sizes) => Ir.Size.Product(sizes.Skip(coordinate.Axis).Take(coordinate.Axes));

    /// <summary>How many values a coordinate takes where the lanes are those of <paramref name="body"/>.</summary>
    public static Size Size(KernelArgument coordinate, CpuBody body) =>
        body.Vectorization == Vectorization.Channels ? Size(coordinate, body.Sizes) : Size(coordinate, body.First.Type.Sizes);

    /// <summary>What the number of values of a coordinate is called.</summary>
    public static string CountName(string coordinate) => $"{coordinate.TrimStart('@')}Count";

    /// <summary>C# for a coordinate, from the names of the axes.</summary>
    public static string FromAxes(KernelArgument coordinate, IReadOnlyList<string> axes, EquatableArray<Size> sizes)
    {
        if (coordinate.Axes == 0)
        {
            return "0";
        }

        var text = axes[coordinate.Axis];
        for (var axis = coordinate.Axis + 1; axis < coordinate.Axis + coordinate.Axes; axis++)
        {
            text = $"{(text.Contains(' ') ? $"({text})" : text)} * {SizeMark.Of(CountName(axes[axis]), sizes[axis])} + {axes[axis]}";
        }

        return text;
    }

    /// <summary>Declares each coordinate by dividing <paramref name="number"/>, and returns what to pass for it.</summary>
    /// <param name="body">The method.</param>
    /// <param name="number">C# for the number.</param>
    /// <param name="onlyThese">The number counts the coordinates' values alone, not all elements. That of <c>*S</c> is left out where lanes are positions.</param>
    public static Dictionary<string, string> Declare(CpuBody body, string number, bool onlyThese)
    {
        var sizes = body.Vectorization == Vectorization.Channels ? body.Sizes : body.First.Type.Sizes;
        var coordinates = Of(body.First).Where(c => body.Vectorization != Vectorization.Positions || !c.Rest).ToList();
        var total = onlyThese ? Ir.Size.Product(coordinates.Select(c => Size(c, sizes))) : Ir.Size.Product(sizes);
        var texts = new Dictionary<string, string>();
        for (var i = 0; i < coordinates.Count; i++)
        {
            var (coordinate, size) = (coordinates[i], Size(coordinates[i], sizes));
            if (size.Is(1))
            {
                texts[coordinate.Parameter] = "0";
                continue;
            }

            var stride = onlyThese
                ? Ir.Size.Product(coordinates.Skip(i + 1).Select(c => Size(c, sizes)))
                : Ir.Size.Product(sizes.Skip(coordinate.Axis + coordinate.Axes));
            var quotient = stride.Is(1) ? number : $"{number} / {SizeMark.Of($"{coordinate.Parameter}Stride", stride)}";
            var name = texts[coordinate.Parameter] = body.Names.Add(coordinate.Parameter);
            body.Writer.Line($"var {name} = {quotient}{(stride * size != total ? $" % {SizeMark.Of(CountName(coordinate.Parameter), size)}" : "")};");
        }

        return texts;
    }
}
