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
}
