using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit;

/// <summary>A kernel in words, for the reader of emitted code and for <c>netdsl inspect</c>: <c>conv1 → relu1: [N, 1, 28, 28] → [N, 20, 24, 24]</c>.</summary>
static class KernelSummary
{
    public static string Of(Kernel kernel, ProgramValues values)
    {
        var steps = string.Join(" → ", kernel.Nodes.Select(Step));
        var first = kernel.Nodes[0];
        var reads = first.Operands.Where(o => o >= 0).Select(values.Type).ToList();
        var operands = reads.Any(static t => t.Batched) ? reads.Where(static t => t.Batched) : reads;
        var types = string.Join(" and ", operands.Select(static t => t.Symbolic).Distinct());
        var result = kernel.Nodes[kernel.Nodes.Count - 1].Type.Symbolic;
        return types.Length == 0 ? $"{steps}: {result}" : $"{steps}: {types} → {result}";
    }

    public static Size MultiplyAdds(Kernel kernel) => Size.Sum(kernel.Nodes.Select(static n => n.MultiplyAdds));

    static string Step(Node node)
    {
        var name = node.Name.Length == 0 ? node.Operator.Name
            : node.Name.StartsWith(node.Operator.Name, StringComparison.OrdinalIgnoreCase) ? node.Name
            : $"{node.Name} ({node.Operator.Name})";
        return node.Member.IsForward ? name : $"gradient of {name} by {node.Target}";
    }
}
