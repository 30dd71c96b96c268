using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit;

/// <summary>
/// Writes <c>Name.Sizes.g.cs</c> of a network whose height and width are free: the class that works everything out that follows from them, and says so where a layer does not fit.
/// </summary>
static class SizesEmitter
{
    /// <summary>What the class is called.</summary>
    public static string Name(Graph graph) => $"{graph.Name}Sizes";

    /// <param name="graph">The network.</param>
    /// <param name="programs">Its programs: their places in memory.</param>
    /// <param name="shapes">Sizes of convolutions, by the field that holds them.</param>
    public static string Emit(Graph graph, IEnumerable<Program> programs, IReadOnlyList<KeyValuePair<string, string>> shapes)
    {
        var places = programs.SelectMany(static p => p.Places).Distinct().ToList();
        var writer = new SourceWriter();
        EmittedFile.Begin(writer, graph, "global::NetDsl.Kernels");
        writer.Documentation("summary", $"What an instance of {graph.Name} works out from its height and width: sizes of layers, and places in memory in floats of a sample.");
        using (writer.Block($"sealed class {Name(graph)} : global::NetDsl.Runtime.NetworkSizes"))
        {
            Fields(writer, "int", graph.Sizes.Select(static f => f.Name));
            Fields(writer, "long", places.Select(static f => f.Name));
            Fields(writer, "ConvolutionShape", shapes.Select(static s => s.Key));

            writer.Line();
            writer.Line($"public {Name(graph)}(int height, int width)");
            using (writer.Indent())
            {
                writer.Line($": base({Literal.Of(graph.Name)}, height, width)");
            }

            using (writer.Block(""))
            {
                Body(writer, graph, places, shapes);
            }
        }

        return writer.ToString();
    }

    static void Body(SourceWriter writer, Graph graph, List<SizeFact> places, IReadOnlyList<KeyValuePair<string, string>> shapes)
    {
        writer.Line($"var {FreeSizes.Prefix.TrimEnd('.')} = this;");
        writer.Line("try\n{");
        using (writer.Indent())
        using (writer.Block("checked"))
        {
            foreach (var fact in graph.Sizes.Concat(places))
            {
                writer.Line(Statement(fact));
            }

            foreach (var shape in shapes)
            {
                writer.Line($"{shape.Key} = new({shape.Value});");
            }
        }

        writer.Line("}");
        using (writer.Block("catch (global::System.OverflowException)"))
        {
            writer.Line("throw TooLarge();");
        }
    }

    static string Statement(SizeFact fact)
    {
        var evaluation = fact.OfEvaluation ? "OfEvaluation" : "";
        return fact.Name.Length == 0 ? $"Require{evaluation}({fact.Expression}, $\"{fact.Message}\");"
            : fact.Message.Length == 0 ? $"{fact.Name} = {fact.Expression};"
            : $"{fact.Name} = Axis{evaluation}({fact.Expression}, $\"{fact.Message}\");";
    }

    static void Fields(SourceWriter writer, string type, IEnumerable<string> fields)
    {
        var names = fields.Where(static n => n.Length > 0).ToList();
        if (names.Count > 0)
        {
            writer.Line($"public readonly {type}");
            using (writer.Indent())
            {
                writer.Line($"{Literal.Filled(names)};");
            }
        }
    }
}
