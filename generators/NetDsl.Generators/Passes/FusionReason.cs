using System.Globalization;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>Says in a sentence why the equations of a kernel are fused: it stands above the emitted method.</summary>
static class FusionReason
{
    public static string Of(List<Node> nodes, EquatableArray<int> stores)
    {
        if (nodes.Count == 1)
        {
            return Single(nodes[0]);
        }

        var actors = nodes.Skip(1).Select(Describe).Distinct().ToList();
        var kept = nodes.Where(n => !stores.Contains(n.Result)).ToList();
        var act = $"{List(actors)} {(actors.Count == 1 ? "acts" : "act")} on {Possessive(nodes[0])} in registers";
        return kept.Count switch
        {
            0 => $"{act}; every result is stored too, because other kernels read it.",
            1 => $"{act}: {kept[0].Type}, {Bytes(kept)}, is never stored.",
            _ => $"{act}: {kept.Count} results, {Bytes(kept)}, are never stored.",
        };
    }

    static string Single(Node node) => node.Operator.Class switch
    {
        OperatorClass.Movement => "Copied: the operands lie apart in memory, or are needed where they are.",
        OperatorClass.BatchReduction => "Alone: all samples meet in it.",
        _ when node.Member.Form == MemberForm.Contribution => "Alone: what the samples contribute is summed in a fixed order.",
        _ => "Alone: no elementwise operator can follow it in registers.",
    };

    static string Describe(Node node) => node.Target.Length == 0 ? Name(node) : $"the gradient of {Name(node)}";

    static string Possessive(Node node) => node.Target.Length == 0 ? $"{Name(node)}'s result" : $"{Name(node)}'s gradient by {node.Target}";

    static string Name(Node node) => node.Name.Length > 0 ? node.Name : node.Operator.Name;

    static string List(List<string> items) => items.Count switch
    {
        1 => items[0],
        <= 4 => $"{string.Join(", ", items.Take(items.Count - 1))} and {items[items.Count - 1]}",
        _ => $"{string.Join(", ", items.Take(3))} and {items.Count - 3} more",
    };

    static string Bytes(List<Node> nodes)
    {
        var bytes = (nodes.Sum(static n => n.Type.Count) * sizeof(float)).ToString("N0", CultureInfo.InvariantCulture);
        return nodes[0].Type.Batched ? $"{bytes} bytes a sample" : $"{bytes} bytes";
    }
}
