using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>Which values some results need.</summary>
static class Reachability
{
    /// <summary>The values that the results of the chosen kinds need, themselves included.</summary>
    public static HashSet<int> Needed(Graph graph, Func<ResultKind, bool> chosen)
    {
        var needed = new HashSet<int>(graph.Results.Where(r => chosen(r.Kind)).Select(static r => r.Value));
        for (var i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            if (needed.Contains(graph.Nodes[i].Result))
            {
                needed.UnionWith(graph.Nodes[i].Operands);
            }
        }

        return needed;
    }

    /// <summary>The values of a training step's forward pass: what all results but the gradients need, and what is recorded for these.</summary>
    public static HashSet<int> Forward(Graph graph)
    {
        var needed = Needed(graph, static kind => kind != ResultKind.Gradient);
        needed.UnionWith(graph.Nodes.Where(static n => n.Operator.IsRecord).Select(static n => n.Result));
        return needed;
    }
}
