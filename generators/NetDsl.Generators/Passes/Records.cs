using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Lets the forward pass leave behind what a gradient needs to know of an operand, where nothing else of the backward pass reads it: of the image before a pooling, say, where in its window
/// each largest element was. The operand need not be kept then; in VGG that is a third of all values.
/// </summary>
static class Records
{
    public static Graph Run(Graph graph)
    {
        var forward = Reachability.Forward(graph);
        var made = graph.Nodes.ToDictionary(static n => n.Result);
        var readers = graph.Nodes.Where(n => !forward.Contains(n.Result)).SelectMany(static n => n.Operands.Distinct()).ToLookup(static v => v);
        var results = new HashSet<int>(graph.Results.Select(static r => r.Value));
        var (nodes, recorded) = (graph.Nodes.ToList(), new Dictionary<int, int>());
        var nextValue = graph.NextValue;
        foreach (var gradient in graph.Nodes)
        {
            if (gradient.Operator is not { Record: { } record, FromRecord: { } member } || member.Target != gradient.Target || !IsRead(gradient))
            {
                continue;
            }

            var layer = graph.Nodes.FirstOrDefault(n => n.Target.Length == 0 && n.Operator == gradient.Operator && n.Name == gradient.Name && Large(n) == Large(gradient));
            if (layer is null)
            {
                continue;
            }

            if (!recorded.TryGetValue(layer.Result, out var value))
            {
                recorded[layer.Result] = value = nextValue++;
                nodes.Insert(nodes.IndexOf(layer) + 1, layer with
                {
                    Result = value,
                    Operator = layer.Operator.Alone(record) with { Name = record.Target, IsRecord = true },
                    Operands = record.Reads.Select(r => layer.Operand(r)).ToEquatableArray(),
                    MultiplyAdds = 0,
                });
            }

            nodes[nodes.IndexOf(gradient)] = gradient with
            {
                Operator = gradient.Operator with { Members = gradient.Operator.Members.Select(m => m.Target == member.Target ? member : m).ToEquatableArray() },
                Operands = member.Reads.Select(r => r == record.Target ? value : r == "dy" ? gradient.Operand("dy") : r == "y" ? layer.Result : layer.Operand(r)).ToEquatableArray(),
            };
        }

        return graph with { Nodes = nodes.ToEquatableArray() };

        // The operand is computed, not moved from elsewhere, and would be kept for this gradient alone.
        bool IsRead(Node gradient) =>
            made.TryGetValue(Large(gradient), out var producer)
            && producer.Operator.Class != OperatorClass.Movement
            && readers[producer.Result].Count() == 1
            && !results.Contains(producer.Result);

        static int Large(Node node) => node.Operand(node.Target.Length > 0 ? node.Target : node.Operator.FromRecord!.Target);
    }
}
