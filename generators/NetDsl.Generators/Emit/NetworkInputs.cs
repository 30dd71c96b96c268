using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Emit;

/// <summary>What the inputs of a network are for.</summary>
static class NetworkInputs
{
    /// <summary>
    /// The inputs that a prediction needs: those an output depends on, and what stands before them among the parameters of <c>Forward</c>. The others are
    /// read by the loss and the metrics alone.
    /// </summary>
    public static IReadOnlyList<Input> OfPrediction(Graph graph)
    {
        var needed = Reachability.Needed(graph, static kind => kind == ResultKind.Output);
        var last = graph.Inputs.Select(static (input, index) => (input, index)).Where(i => needed.Contains(i.input.Value)).Select(static i => i.index).DefaultIfEmpty(-1).Max();
        return [.. graph.Inputs.Take(last + 1)];
    }

    /// <summary>
    /// How many classes a label may name: the size of axis C of the operators that read it, the axis that labels index by the convention of
    /// <c>NetDsl.Labels</c>; 0 where no operator says.
    /// </summary>
    public static int Classes(Graph graph, Input labels) =>
        Readers(graph, labels).Select(static n => Integer(n, "C")).Where(static c => c is not null).DefaultIfEmpty(0).Min()!.Value;

    /// <summary>A label outside the classes that an operator is told to ignore.</summary>
    public static int? IgnoredLabel(Graph graph, Input labels) =>
        Readers(graph, labels).Select(static n => Integer(n, "ignoreLabel")).FirstOrDefault(static label => label is not (null or int.MinValue));

    static IEnumerable<Node> Readers(Graph graph, Input input) => graph.Nodes.Where(n => n.Operands.Contains(input.Value));

    static int? Integer(Node node, string constant) =>
        node.Constants.FirstOrDefault(c => c.Name == constant) is { } found &&
        int.TryParse(found.Literal, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
