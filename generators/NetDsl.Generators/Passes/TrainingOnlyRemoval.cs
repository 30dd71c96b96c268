using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>Makes operators that act in training only, such as dropout, pass their input through, and others do what they do in a prediction.</summary>
static class TrainingOnlyRemoval
{
    public static Graph Run(Graph graph)
    {
        var substitution = new Substitution();
        var nodes = new List<Node>();
        foreach (var original in graph.Nodes)
        {
            var node = substitution.Apply(original);
            if (node.Operator.TrainingOnly)
            {
                substitution.Replace(node.Result, PassedThrough(node));
            }
            else
            {
                nodes.Add(node.Operator.Prediction is { } prediction ? Predicting(node, prediction) : node);
            }
        }

        return substitution.Apply(graph, nodes);
    }

    static Node Predicting(Node node, KernelMember prediction)
    {
        var reads = node.Member.Reads.ToList();
        return node with { Operator = node.Operator.Alone(prediction), Operands = prediction.Reads.Select(r => node.Operands[reads.IndexOf(r)]).ToEquatableArray() };
    }

    static int PassedThrough(Node node)
    {
        var reads = node.Member.Reads.ToList();
        return node.Operands[Math.Max(0, reads.IndexOf("x"))];
    }
}
