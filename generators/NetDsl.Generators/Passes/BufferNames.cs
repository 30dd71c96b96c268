using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Names of buffers for people: an output, loss or metric has its own, other values that of their input, parameter or layer. <c>d conv1</c> is a gradient by
/// conv1's result, <c>d conv1.weight</c> one by conv1's weight.
/// </summary>
static class BufferNames
{
    public static Dictionary<int, string> Of(Graph graph)
    {
        var forward = Reachability.Forward(graph);
        var names = new Dictionary<int, string>();
        var taken = new HashSet<string>();
        foreach (var input in graph.Inputs) { Add(input.Value, input.Name); }
        foreach (var parameter in graph.Parameters) { Add(parameter.Value, parameter.Path); }
        foreach (var result in graph.Results) { Add(result.Value, result.Kind switch { ResultKind.Gradient => $"d {result.Name}", ResultKind.Update => $"next {result.Name}", _ => result.Name }); }
        var numbers = graph.Nodes.Where(static n => n.Operator.OfParameters).ToDictionary(static n => n.Result);
        foreach (var node in graph.Nodes)
        {
            var name = LayerOf(node);
            if (node.Is(MovementKind.Layout))
            {
                name += node.Type.Storage == Storage.Blocks ? " in blocks" : " in rows";
            }

            if (node.Operator.HasOwnName)
            {
                name += $".{node.Operator.Name}";
            }

            Add(node.Result, node.Target.Length > 0 ? $"d {name}.{node.Target}" : forward.Contains(node.Result) ? name : $"d {name}");
        }

        return names;

        // What a map of channels is folded into computes the map's result.
        string LayerOf(Node node) =>
            node.Type.Batched && node.Operands.FirstOrDefault(numbers.ContainsKey) is var number && numbers.TryGetValue(number, out var made) ? made.Name
            : node.Name.Length > 0 ? node.Name : node.Operator.Name;

        void Add(int value, string name)
        {
            if (names.ContainsKey(value))
            {
                return;
            }

            var unique = name;
            for (var i = 2; !taken.Add(unique); i++)
            {
                unique = $"{name} ({i})";
            }

            names.Add(value, unique);
        }
    }
}
