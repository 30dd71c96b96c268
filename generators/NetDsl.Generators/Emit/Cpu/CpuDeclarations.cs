namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// What the methods of a network share beside the memory plan: the sizes that library kernels are called with, the weights that are packed for them, the scratch
/// that they need, and what becomes of results in registers.
/// </summary>
sealed class CpuDeclarations
{
    readonly Dictionary<string, string> shapes = [];
    readonly Dictionary<string, string> epilogues = [];
    readonly List<string> epilogueTexts = [];
    readonly List<PackedWeight> packed = [];
    readonly SortedSet<string> scratch = new(StringComparer.Ordinal);
    readonly HashSet<string> names = [];

    /// <summary>The weights that are packed, in the order of their memory.</summary>
    public IReadOnlyList<PackedWeight> Packed => packed;

    /// <summary>The name of the field that holds these sizes.</summary>
    public string Shape(string sizes, string kernel)
    {
        if (!shapes.TryGetValue(sizes, out var name))
        {
            shapes[sizes] = name = Unique($"{kernel}Shape");
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

    /// <summary>Every worker needs as many floats as this C# says.</summary>
    public void Scratch(string floats) => scratch.Add(floats);

    /// <summary>The name of the epilogue with this text, which begins behind its name.</summary>
    public string Epilogue(string name, string summary, string text)
    {
        if (!epilogues.TryGetValue(text, out var known))
        {
            epilogues[text] = known = Unique(name);
            epilogueTexts.Add($"/// <summary>{SourceWriter.Xml(summary)}</summary>\nreadonly unsafe struct {known}<T>{text}");
        }

        return known;
    }

    /// <summary>Writes the sizes, then what the runtime is to provide.</summary>
    public void WriteShapes(SourceWriter writer)
    {
        foreach (var shape in shapes)
        {
            writer.Line($"static readonly ConvolutionShape {shape.Value} = new({shape.Key});");
        }

        if (shapes.Count > 0)
        {
            writer.Line();
        }

        if (packed.Count > 0 || scratch.Count > 0)
        {
            writer.Documentation("summary", "Floats of the packed weights, and of the scratch that a worker needs.");
            using (writer.Block("public static CpuWorkspace Workspace { get; } = new()", "};"))
            {
                WriteList(writer, "Packed", packed.Select(static p => p.Size));
                WriteList(writer, "Scratch", scratch);
            }

            writer.Line();
        }
    }

    public bool HasWorkspace => packed.Count > 0 || scratch.Count > 0;

    public void WriteEpilogues(SourceWriter writer)
    {
        foreach (var text in epilogueTexts)
        {
            writer.Line();
            writer.Line(text.TrimEnd('\n'));
        }
    }

    static void WriteList(SourceWriter writer, string name, IEnumerable<string> items)
    {
        using (writer.List($"{name} ="))
        {
            foreach (var item in items)
            {
                writer.Line($"{item},");
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

/// <summary>A parameter in the order in which a library kernel reads it.</summary>
/// <param name="Parameter">The parameter's value.</param>
/// <param name="Size">C# for the floats.</param>
/// <param name="Method">The method that packs.</param>
/// <param name="Shape">The field with the sizes.</param>
sealed record PackedWeight(int Parameter, string Size, string Method, string Shape);
