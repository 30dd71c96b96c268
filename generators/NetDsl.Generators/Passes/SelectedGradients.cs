using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Where an operator selects elements, as the largest of a window, the gradient of what comes before it is computed on what was selected, if it depends on the value alone: that of a ReLU
/// before a pooling, d · (y &gt; 0), is the same whether d has been given to the elements of the windows or not yet. There are fewer of them then, and the values before the selection need
/// not be kept for it.
/// </summary>
static class SelectedGradients
{
    public static Graph Run(Graph graph)
    {
        var nodes = graph.Nodes.ToList();
        var made = graph.Nodes.ToDictionary(static n => n.Result);
        var readers = graph.Nodes.SelectMany(static n => n.Operands).Concat(graph.Results.Select(static r => r.Value)).ToLookup(static v => v);
        var nextValue = graph.NextValue;
        for (var i = 0; i < nodes.Count; i++)
        {
            if (Selection(nodes[i]) is not { } selection || nodes.Find(n => IsForward(n, selection)) is not { } forward)
            {
                continue;
            }

            var (later, member) = (nodes[i], nodes[i].Member.Reads.ToList());
            var early = later with
            {
                Result = nextValue++,
                Type = forward.Type,
                Operands = later.Operands.Select((o, r) => member[r] == "dy" ? selection.Operand("dy") : forward.Result).ToEquatableArray(),
            };
            var given = selection with { Result = later.Result, Operands = selection.Operands.Select((o, r) => selection.Member.Reads[r] == "dy" ? early.Result : o).ToEquatableArray() };
            nodes[i] = given;
            made[early.Result] = early;
            made[given.Result] = given;

            // Behind the selection there may be another one: it is looked at again from there.
            i = nodes.IndexOf(selection);
            nodes[i--] = early;
        }

        return graph with { Nodes = nodes.ToEquatableArray() };

        // The gradient by what is selected from, where the next thing is the gradient of an elementwise operator that reads its own result.
        Node? Selection(Node node) =>
            node is { Target.Length: > 0, Operator.Class: OperatorClass.Elementwise, Member.IsRandom: false }
            && node.Member.Reads.All(static r => r is "y" or "dy")
            && made.TryGetValue(node.Operand("dy"), out var gradient)
            && gradient is { Target.Length: > 0, Operator.Selects: true }
            && readers[gradient.Result].Count() == 1
            && gradient.Operand(gradient.Target) == node.Operand("y")
                ? gradient
                : null;

        static bool IsForward(Node node, Node gradient) =>
            node.Target.Length == 0 && node.Name == gradient.Name && node.Operator == gradient.Operator && node.Operand(gradient.Target) == gradient.Operand(gradient.Target);
    }
}
