using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Gives every parameter's gradient a value of its own, which can lie at the parameter's place in the gradients' memory. Where the gradient is
/// a part of another value, or the gradient of another parameter too, it is copied (a concat of one operand).
/// </summary>
static class GradientCopies
{
    public static Graph Run(Graph graph)
    {
        var views = Views.Of(graph);
        var computed = new HashSet<int>(graph.Nodes.Select(static n => n.Result));
        var taken = new HashSet<int>();
        var nodes = graph.Nodes.ToList();
        var results = new List<Result>();
        var nextValue = graph.NextValue;
        foreach (var result in graph.Results)
        {
            var root = views.Root(result.Value);
            if (result.Kind != ResultKind.Gradient || (computed.Contains(root) && views.IsWhole(result.Value) && taken.Add(root)))
            {
                results.Add(result);
                continue;
            }

            var type = graph.Parameters.First(p => p.Path == result.Name).Type;
            nodes.Add(Movements.Concat(nextValue, [result.Value], type, 0, result.Name));
            results.Add(result with { Value = nextValue });
            nextValue++;
        }

        return graph with { Nodes = nodes.ToEquatableArray(), Results = results.ToEquatableArray() };
    }
}
