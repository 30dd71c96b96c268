using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>Values that a pass found to equal earlier ones.</summary>
sealed class Substitution
{
    readonly Dictionary<int, int> replaced = [];

    public void Replace(int value, int by) => replaced[value] = this[by];

    public int this[int value] => replaced.TryGetValue(value, out var by) ? by : value;

    public Node Apply(Node node) =>
        node.Operands.Any(replaced.ContainsKey) ? node with { Operands = node.Operands.Select(o => this[o]).ToEquatableArray() } : node;

    /// <summary>The graph with these equations, whose operands are already substituted, and its results substituted.</summary>
    public Graph Apply(Graph graph, List<Node> nodes) => graph with
    {
        Nodes = nodes.ToEquatableArray(),
        Results = graph.Results.Select(r => r with { Value = this[r.Value] }).ToEquatableArray(),
    };
}
