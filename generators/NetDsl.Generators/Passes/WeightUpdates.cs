using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Appends what weights become when a training step is done, where their operator declares it, and makes it a result: a running mean takes in that of the batch.
/// A layer that is used several times takes in one use after the other.
/// </summary>
static class WeightUpdates
{
    public static Graph Run(Graph graph)
    {
        var paths = graph.Parameters.ToDictionary(static p => p.Value);
        var updated = new Dictionary<int, int>();
        var nodes = graph.Nodes.ToList();
        var next = graph.NextValue;
        foreach (var node in graph.Nodes.Where(static n => n.Member.IsForward))
        {
            var reads = node.Member.Reads.ToList();
            foreach (var update in node.Operator.Updates)
            {
                var weight = node.Operands[reads.IndexOf(update.Target)];
                var operands = update.Reads.Select(r => node.Operands[reads.IndexOf(r)]).Select(o => o == weight ? Current(o) : o).ToEquatableArray();
                nodes.Add(node with { Result = next, Type = paths[weight].Type, Operator = node.Operator.Alone(update), Operands = operands, MultiplyAdds = 0 });
                updated[weight] = next++;
            }
        }

        var results = graph.Parameters.Where(p => updated.ContainsKey(p.Value)).Select(p => new Result(p.Path, updated[p.Value], ResultKind.Update));
        return graph with { Nodes = nodes.ToEquatableArray(), Results = graph.Results.Concat(results).ToEquatableArray() };

        int Current(int weight) => updated.TryGetValue(weight, out var value) ? value : weight;
    }
}
