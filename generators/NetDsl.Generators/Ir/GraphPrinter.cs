using System.Globalization;
using System.Text;

namespace NetDsl.Generators.Ir;

/// <summary>
/// Writes a graph as text: the form that snapshots, <c>netdsl inspect --graph</c> and the tests of passes use. A gradient is written as its forward
/// operator with the operand it is by (<c>Conv.weight'</c>), an absent weight as <c>_</c>.
/// </summary>
static class GraphPrinter
{
    public static string Print(Graph graph)
    {
        var text = new StringBuilder("network ").Append(graph.Name);
        if (graph.Algorithms != "Fastest")
        {
            text.Append(" (").Append(graph.Algorithms).Append(')');
        }

        if (graph.Layout.Length > 0)
        {
            text.Append(" in ").Append(graph.Layout.ToLowerInvariant());
        }

        text.Append(" {\n");
        foreach (var fact in graph.Sizes)
        {
            text.Append(fact.Name.Length > 0 ? $"  {fact.Name} = " : "  require ").Append(FreeSizes.Bare(fact.Expression)).Append('\n');
        }

        foreach (var input in graph.Inputs)
        {
            text.Append("  ").Append(Print(input)).Append('\n');
        }

        foreach (var parameter in graph.Parameters)
        {
            text.Append("  ").Append(Print(parameter)).Append('\n');
        }

        foreach (var node in graph.Nodes)
        {
            text.Append("  ").Append(Print(node)).Append('\n');
        }

        return text.Append("  return ").Append(string.Join(", ", graph.Results.Select(Print))).Append("\n}\n").ToString();
    }

    public static string Print(Input input) =>
        $"%{input.Value} : {input.Type.Symbolic} = {(input.Kind == InputKind.Labels ? "labels" : "input")} {input.Name}";

    public static string Print(Parameter parameter)
    {
        var facts = new List<string>
        {
            parameter.InitializerValue == 0 ? parameter.Initializer : $"{parameter.Initializer}({Print(parameter.InitializerValue)})",
        };
        if (parameter.LearningRate != 1) { facts.Add($"learningRate={Print(parameter.LearningRate)}"); }
        if (parameter.WeightDecay != 1) { facts.Add($"weightDecay={Print(parameter.WeightDecay)}"); }
        if (parameter.Frozen) { facts.Add("frozen"); }
        return $"%{parameter.Value} : {parameter.Type.Symbolic} = parameter {parameter.Path} {{{string.Join(", ", facts)}}}";
    }

    public static string Print(Node node)
    {
        var text = new StringBuilder($"%{node.Result} : {node.Type.Symbolic}{Print(node.Type.Storage)} = {node.Operator.Name}");
        if (node.Target.Length > 0)
        {
            text.Append('.').Append(node.Target).Append('\'');
        }

        text.Append('(').Append(string.Join(", ", node.Operands.Select(static o => o < 0 ? "_" : $"%{o}"))).Append(')');
        if (node.Constants.Count > 0)
        {
            text.Append(" {").Append(string.Join(", ", node.Constants.Select(static c => $"{c.Name}={FreeSizes.Bare(c.Literal)}"))).Append('}');
        }

        if (node.Key != 0) { text.Append(" key ").Append(node.Key); }
        if (node.Name.Length > 0) { text.Append("   ; ").Append(node.Name); }
        if (!node.MultiplyAdds.Is(0)) { text.Append(", ").Append(FreeSizes.Bare(node.MultiplyAdds.ToString())).Append(" multiply-adds"); }
        return text.ToString();
    }

    public static string Print(Result result)
    {
        var kind = result.Kind switch
        {
            ResultKind.Loss => " (loss)",
            ResultKind.Metric => " (metric)",
            ResultKind.Gradient => " (gradient)",
            ResultKind.Update => " (update)",
            _ => "",
        };
        var figure = result.Figure.Length > 0 ? $" by {result.Figure}" : "";
        return $"{result.Name}=%{result.Value}{kind}{figure}";
    }

    /// <summary>Row-major is what a reader expects.</summary>
    static string Print(Storage storage) => storage == Storage.Blocks ? " in blocks" : "";

    static string Print(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
