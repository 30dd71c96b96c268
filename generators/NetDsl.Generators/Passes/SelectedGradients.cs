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
            // Behind a selection there may be another one: its gradient is found where the first has been put.
            if (Selection(nodes[i]) is not { } selection || nodes.Find(n => IsForward(n, selection)) is not { } forward)
            {
                continue;
            }

            var (later, member) = (nodes[i], nodes[i].Member.Reads.ToList());
            var early = later with
            {
                Result = nextValue++,
                Type = forward.Type,
                Operands = later.Operands.Select((o, r) => member[r] == "dy" ? Operand(selection, "dy") : forward.Result).ToEquatableArray(),
            };
            var given = selection with { Result = later.Result, Operands = selection.Operands.Select((o, r) => selection.Member.Reads[r] == "dy" ? early.Result : o).ToEquatableArray() };
            nodes[nodes.IndexOf(selection)] = early;
            nodes[i] = given;
            made[early.Result] = early;
            made[given.Result] = given;
        }

        return graph with { Nodes = nodes.ToEquatableArray() };

        // The gradient by what is selected from, where the next thing is the gradient of an elementwise operator that reads its own result.
        Node? Selection(Node node) =>
            node is { Target.Length: > 0, Operator.Class: OperatorClass.Elementwise, Member.IsRandom: false }
            && node.Member.Reads.All(static r => r is "y" or "dy")
            && made.TryGetValue(Operand(node, "dy"), out var gradient)
            && gradient is { Target.Length: > 0, Operator.Selects: true }
            && readers[gradient.Result].Count() == 1
            && Operand(gradient, gradient.Target) == Operand(node, "y")
                ? gradient
                : null;

        static bool IsForward(Node node, Node gradient) =>
            node.Target.Length == 0 && node.Name == gradient.Name && node.Operator == gradient.Operator && Operand(node, gradient.Target) == Operand(gradient, gradient.Target);
    }

    static int Operand(Node node, string read) => node.Member.Reads.ToList().IndexOf(read) is >= 0 and var at ? node.Operands[at] : -1;
}
