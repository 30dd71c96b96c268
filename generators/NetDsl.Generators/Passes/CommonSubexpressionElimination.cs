using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Computes equal equations once. Random nodes are equal only under one key, which is one draw. Equations without operands stay as they are: a
/// constant costs nothing to make again, and much to keep.
/// </summary>
static class CommonSubexpressionElimination
{
    readonly record struct Equation(
        OperatorSpec Operator,
        string Target,
        EquatableArray<int> Operands,
        EquatableArray<Constant> Constants,
        TensorType Type,
        int Key);

    public static Graph Run(Graph graph)
    {
        var substitution = new Substitution();
        var seen = new Dictionary<Equation, int>();
        var nodes = new List<Node>();
        foreach (var original in graph.Nodes)
        {
            var node = substitution.Apply(original);
            var equation = new Equation(node.Operator, node.Target, node.Operands, node.Constants, node.Type, node.Key);
            if (node.Operands.Count > 0 && seen.TryGetValue(equation, out var earlier))
            {
                substitution.Replace(node.Result, earlier);
                continue;
            }

            seen[equation] = node.Result;
            nodes.Add(node);
        }

        return substitution.Apply(graph, nodes);
    }
}
