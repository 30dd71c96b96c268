using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>Makes operators that act in training only, such as dropout, pass their input through.</summary>
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
                nodes.Add(node);
            }
        }

        return substitution.Apply(graph, nodes);
    }

    static int PassedThrough(Node node)
    {
        var reads = node.Member.Reads.ToList();
        return node.Operands[Math.Max(0, reads.IndexOf("x"))];
    }
}
