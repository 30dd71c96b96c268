using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Of a prediction: operators that declare what they multiply each channel by and add to it become such maps. The numbers follow from weights alone, so they are computed
/// before everything else.
/// </summary>
sealed class ChannelMaps
{
    readonly Graph graph;
    readonly HashSet<int> parameters;
    readonly Dictionary<int, TensorType> types = [];
    readonly List<Node> numbers = [];
    int next;

    ChannelMaps(Graph graph)
    {
        this.graph = graph;
        parameters = new(graph.Parameters.Select(static p => p.Value));
        next = graph.NextValue;
        foreach (var input in graph.Inputs) { types[input.Value] = input.Type; }
        foreach (var parameter in graph.Parameters) { types[parameter.Value] = parameter.Type; }
        foreach (var node in graph.Nodes) { types[node.Result] = node.Type; }
    }

    public static Graph Run(Graph graph) => new ChannelMaps(graph).Rewrite();

    Graph Rewrite()
    {
        var nodes = graph.Nodes.Select(node => IsMap(node) ? Map(node) : node).ToList();
        return graph with { Nodes = numbers.Concat(nodes).ToEquatableArray() };
    }

    bool IsMap(Node node) =>
        (node.Operator.Slope ?? node.Operator.Intercept) is not null
        && node.Type is { Batched: true, Sizes.Count: > 0 }
        && types[node.Operand("x")] == node.Type
        && Weights(node).All(o => o < 0 || (parameters.Contains(o) && (types[o].Count == 1 || types[o] == Channels(node))));

    static IEnumerable<int> Weights(Node node) => new[] { node.Operator.Slope, node.Operator.Intercept }
        .SelectMany(static m => m is null ? [] : (IEnumerable<string>)m.Reads)
        .Where(static r => r != "slope")
        .Select(r => node.Operand(r));

    Node Map(Node node)
    {
        var slope = node.Operator.Slope is { } s ? Number(node, "slope", s, -1) : Constant(node, OperatorSpec.Seed, new Constant("value", "1f"));
        var intercept = node.Operator.Intercept is { } i ? Number(node, "intercept", i, slope) : Constant(node, OperatorSpec.Zero);
        return ChannelMapOperators.Map(node.Result, node.Type, node.Operand("x"), slope, intercept, node.Name);
    }

    /// <summary>The value of a declared function; that of a weight which it returns as it is.</summary>
    int Number(Node node, string name, KernelMember function, int slope)
    {
        var operands = function.Reads.Select(r => r == "slope" ? slope : node.Operand(r)).ToList();
        var same = function.Reads.ToList().IndexOf(function.Expression);
        return same < 0 || (operands[same] >= 0 && types[operands[same]] != Channels(node))
            ? Add(node, ChannelMapOperators.Declared(name, function), [.. operands.Select(o => o >= 0 ? o : Constant(node, OperatorSpec.Zero))], node.Constants)
            : operands[same] >= 0 ? operands[same] : Constant(node, OperatorSpec.Zero);
    }

    int Constant(Node node, OperatorSpec spec, params Constant[] constants) => Add(node, spec with { OfParameters = true }, [], constants.ToEquatableArray());

    int Add(Node node, OperatorSpec spec, EquatableArray<int> operands, EquatableArray<Constant> constants)
    {
        numbers.Add(new(next, Channels(node), spec, "", operands, constants, node.Name));
        types[next] = Channels(node);
        return next++;
    }

    static TensorType Channels(Node node) => TensorType.Uniform(node.Type.Sizes[0]);
}
