namespace NetDsl.Runtime;

/// <summary>
/// The tables that the compiler writes into <c>Name.Definition.g.cs</c>, read. They are text and not code, since text need not be compiled: neither when the project is built nor
/// when it starts.
/// </summary>
/// <exception cref="FormatException">A table was written by another version of the compiler.</exception>
public static class DefinitionTable
{
    /// <summary>Name, shape, then <c>labels</c>, <c>classes 10</c>, <c>ignored 255</c>, <c>in predictions</c> or <c>in evaluation</c> where they apply.</summary>
    public static IReadOnlyList<InputDefinition> Inputs(string table)
    {
        List<InputDefinition> rows = [];
        for (var row = new TableReader(table); row.Next();)
        {
            var (name, shape, facts) = (row.Text(), row.Shape(), new RowFacts(ref row));
            var labels = facts.Has("labels");
            rows.Add(new(name, shape, labels, facts.Integer("classes") ?? 0, facts.Integer("ignored"))
            {
                EvaluationOnly = facts.Has("in evaluation") || (labels && !facts.Has("in predictions")),
            });
        }

        return rows;
    }

    /// <summary>Name, shape, offset, initializer, then <c>value 0.2</c>, <c>rate 2</c>, <c>decay 0</c>, <c>frozen</c>, <c>dy d relu6.x</c> and <c>x conv5</c> where they apply.</summary>
    public static IReadOnlyList<ParameterDefinition> Parameters(string table)
    {
        List<ParameterDefinition> rows = [];
        for (var row = new TableReader(table); row.Next();)
        {
            var (path, shape, offset, initializer, facts) = (row.Text(), row.Shape(), row.Number(), Initializer(row.Column()), new RowFacts(ref row));
            rows.Add(new(path, shape, offset, initializer, facts.Real("value") ?? 0, facts.Real("rate") ?? 1, facts.Real("decay") ?? 1, facts.Has("frozen"))
            {
                Factors = facts.Text("dy") is { } dy && facts.Text("x") is { } x ? new(dy, x) : null,
            });
        }

        return rows;
    }

    /// <summary>Name, operator, shape, parameters, multiply-adds, then <c>training only</c> where it applies.</summary>
    public static IReadOnlyList<LayerDefinition> Layers(string table)
    {
        List<LayerDefinition> rows = [];
        for (var row = new TableReader(table); row.Next();)
        {
            rows.Add(new(row.Text(), row.Text(), row.Shape(), row.Number(), row.Number(), TrainingOnly: row.Column().Length > 0));
        }

        return rows;
    }

    /// <summary>Name, shape with N if there is one for each sample, offset, first use, last use, then <c>in blocks</c> where it applies.</summary>
    public static IReadOnlyList<BufferDefinition> Buffers(string table)
    {
        List<BufferDefinition> rows = [];
        for (var row = new TableReader(table); row.Next();)
        {
            rows.Add(new(row.Text(), row.Shape(out var batched), batched, row.Number(), row.Integer(), row.Integer()) { InBlocks = row.Column().Length > 0 });
        }

        return rows;
    }

    /// <summary>Name, layer, <c>forward</c> or <c>backward</c>, multiply-adds; then the description, and behind a bar how a GPU launches it, or a dash.</summary>
    public static IReadOnlyList<KernelDefinition> Kernels(string table)
    {
        List<KernelDefinition> rows = [];
        for (var row = new TableReader(table); row.Next();)
        {
            var (name, layer, backward, multiplyAdds) = (row.Text(), row.Text(), row.Column() is "backward", row.Number());
            var (description, launch) = row.Split(" | ");
            rows.Add(new(name, layer, backward, multiplyAdds, description) { Launch = launch });
        }

        return rows;
    }

    /// <summary>Path of the parameter, where its new value begins, where the parameter begins, elements.</summary>
    public static IReadOnlyList<UpdateDefinition> Updates(string table)
    {
        List<UpdateDefinition> rows = [];
        for (var row = new TableReader(table); row.Next();)
        {
            rows.Add(new(row.Text(), row.Number(), row.Number(), row.Integer()));
        }

        return rows;
    }

    // By the type and not by a type argument: that would be compiled before the first prediction.
    static Initializer Initializer(ReadOnlySpan<char> name) =>
        Enum.TryParse(typeof(Initializer), name, out var initializer) ? (Initializer)initializer! : throw TableReader.Damaged(name);
}
