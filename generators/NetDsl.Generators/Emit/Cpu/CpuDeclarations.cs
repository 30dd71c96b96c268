using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// What the kernels of a network need beside the memory plan: the sizes that library kernels are called with, the weights that are packed for them, the scratch
/// that they work in, and the members that are shared with other networks.
/// </summary>
/// <param name="shared">The members that are shared.</param>
/// <param name="sizes">The class that computes free sizes; empty where sizes are fixed.</param>
sealed class CpuDeclarations(SharedMembers shared, string sizes)
{
    readonly Dictionary<string, string> shapes = [];
    readonly List<KeyValuePair<string, string>> freeShapes = [];
    readonly List<PackedWeight> packed = [];
    readonly SortedDictionary<string, SortedSet<string>> scratch = new(StringComparer.Ordinal);
    readonly HashSet<string> names = [];

    public SharedMembers Shared { get; } = shared;

    public int PackedCount => packed.Count;

    /// <summary>How many of the packed weights the prediction reads: the first.</summary>
    public int Kept { get; set; }

    /// <summary>Fields of an instance's sizes, and what they hold.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> FreeShapes => freeShapes;

    /// <summary>C# for the field that holds these sizes of a convolution.</summary>
    public string Shape(string text, string kernel)
    {
        if (!shapes.TryGetValue(text, out var name))
        {
            shapes[text] = name = Unique($"{kernel}Shape");
            if (text.Contains(FreeSizes.Prefix))
            {
                freeShapes.Add(new(name, text));
                shapes[text] = name = FreeSizes.Prefix + name;
            }
        }

        return name;
    }

    /// <summary>The number of the memory that holds a parameter packed so.</summary>
    public int Pack(PackedWeight weight)
    {
        var index = packed.IndexOf(weight);
        if (index < 0)
        {
            index = packed.Count;
            packed.Add(weight);
        }

        return index;
    }

    /// <summary>Every worker needs as many floats as this C# says; with a shape, it is a method of shapes.</summary>
    public void Scratch(string floats, string shape = "")
    {
        if (!scratch.TryGetValue(floats, out var of))
        {
            scratch[floats] = of = new(StringComparer.Ordinal);
        }

        if (shape.Length > 0)
        {
            of.Add(shape);
        }
    }

    public bool HasWorkspace => packed.Count > 0 || scratch.Count > 0;

    /// <summary>Writes the sizes, then what the runtime is to provide.</summary>
    public void Write(SourceWriter writer)
    {
        var constant = shapes.Where(static s => !s.Value.StartsWith(FreeSizes.Prefix, StringComparison.Ordinal)).ToList();
        foreach (var shape in constant)
        {
            writer.Line($"static readonly ConvolutionShape {shape.Value} = new({shape.Key});");
        }

        if (constant.Count > 0)
        {
            writer.Line();
        }

        if (HasWorkspace)
        {
            writer.Documentation("summary", "The weights in the order in which the tiles read them, and the scratch that a worker needs.");
            using (writer.Block(sizes.Length == 0 ? "public static CpuWorkspace Workspace { get; } = new()" : $"public static CpuWorkspace Workspace({sizes} size) => new()", "};"))
            {
                WritePacked(writer);
                WriteScratch(writer);
            }

            writer.Line();
        }
    }

    void WritePacked(SourceWriter writer)
    {
        using (writer.List("Packed ="))
        {
            packed.ForEach(weight => writer.Line($"new({weight.Order}, Parameter: {Literal.Offset(weight.Offset)}, {weight.Shape}){(weight.Computed >= 0 ? " { Computed = true }" : "")},"));
        }

        writer.Line($"Kept = {Kept},");
    }

    void WriteScratch(SourceWriter writer)
    {
        using (writer.List("ScratchSize = CpuWorkspace.Largest(", "]),"))
        {
            foreach (var floats in scratch)
            {
                writer.Line(floats.Value.Count == 0 ? $"{floats.Key}," : $"CpuWorkspace.Largest({Literal.Filled([floats.Key, .. floats.Value])}),");
            }
        }
    }

    string Unique(string name)
    {
        var unique = name;
        for (var i = 2; !names.Add(unique); i++)
        {
            unique = $"{name}{i}";
        }

        return unique;
    }
}

/// <summary>A weight in the order in which a library kernel reads it.</summary>
/// <param name="Offset">Where it lies.</param>
/// <param name="Order">The order, as the library calls it.</param>
/// <param name="Shape">The field with the sizes.</param>
/// <param name="Computed">The value that it is where it lies in the constant arena, computed of parameters, until it is packed: others may lie there before and after. Else -1.</param>
sealed record PackedWeight(Size Offset, string Order, string Shape, int Computed)
{
    public static PackedWeight Of(Ir.Buffer weight, string order, string shape) => new(weight.Offset, order, shape, weight.Space == Space.Constant ? weight.Value : -1);
}
