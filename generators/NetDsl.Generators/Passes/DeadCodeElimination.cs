using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>Drops equations that no result needs. Inputs and parameters stay: they belong to the network's surface.</summary>
static class DeadCodeElimination
{
    public static Graph Run(Graph graph)
    {
        var needed = Reachability.Needed(graph, static _ => true);
        return graph with { Nodes = graph.Nodes.Where(n => needed.Contains(n.Result)).ToEquatableArray() };
    }
}
