using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>How often values of a graph are read, by equations and as results.</summary>
sealed class Uses
{
    readonly Dictionary<int, int> uses = [];

    public Uses(Graph graph)
    {
        foreach (var value in graph.Nodes.SelectMany(static n => n.Operands).Concat(graph.Results.Select(static r => r.Value)))
        {
            uses[value] = Of(value) + 1;
        }
    }

    public int Of(int value) => uses.TryGetValue(value, out var count) ? count : 0;
}
