using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>Puts what the outputs need first, so that a prediction can stop before what only the loss and the metrics need.</summary>
static class EvaluationOrder
{
    public static Graph Run(Graph graph)
    {
        var predicted = Reachability.Needed(graph, static kind => kind == ResultKind.Output);
        return graph with { Nodes = graph.Nodes.OrderBy(n => predicted.Contains(n.Result) ? 0 : 1).ToEquatableArray() };
    }
}
