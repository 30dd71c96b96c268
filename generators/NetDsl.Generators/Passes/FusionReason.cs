using System.Globalization;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>Says in a sentence why the equations of a kernel are fused: it stands in the schedule and in the definition.</summary>
static class FusionReason
{
    public static string Of(List<Node> nodes, EquatableArray<int> stores, bool backward)
    {
        if (nodes.Count == 1)
        {
            return Single(nodes[0]);
        }

        var own = new HashSet<int>(nodes.Select(static n => n.Result));
        var besides = nodes.Skip(1).Where(n => !n.Operands.Any(own.Contains)).Select(n => Describe(n, backward)).Distinct().ToList();
        var actors = nodes.Skip(1).Where(n => n.Operands.Any(own.Contains)).Select(n => Describe(n, backward)).Distinct().ToList();
        var beside = besides.Count == 0 ? "" : $"{List(besides)} {(besides.Count == 1 ? "runs" : "run")} beside {Possessive(nodes[0], backward)}: what several read is read once";
        if (actors.Count == 0)
        {
            return $"{beside}.";
        }

        var kept = nodes.Where(n => !stores.Contains(n.Result)).ToList();
        var act = $"{(besides.Count == 0 ? "" : $"{beside}; ")}{List(actors)} {(actors.Count == 1 ? "acts" : "act")} on {Possessive(nodes[0], backward)} in registers";
        return kept.Count switch
        {
            0 => $"{act}; every result is stored too, because other kernels read it.",
            1 => $"{act}: {kept[0].Type.Symbolic}, {Bytes(kept)}, is never stored.",
            _ => $"{act}: {kept.Count} results, {Bytes(kept)}, are never stored.",
        };
    }

    static string Single(Node node) => node.Operator.Class switch
    {
        OperatorClass.Movement => "Copied: the operands lie apart in memory, or are needed where they are.",
        OperatorClass.BatchReduction => "Alone: all samples meet in it.",
        _ when node.Operator.IsRecord => "All that the gradient needs to know of what it reads, which is not kept.",
        _ when node.Operator.Anchor == AnchorKind.ScaledWeight => "So the layer that follows multiplies its channels by itself.",
        _ when node.Member.Form == MemberForm.Contribution => "Alone: what the samples contribute is summed in a fixed order.",
        _ => "Alone: what reads its result reads other elements too, or waits for later ones.",
    };

    /// <summary>Behind the first, a backward node that is not a member's gradient is a sum of gradients.</summary>
    static string Describe(Node node, bool backward) => (node.Target.Length == 0, backward) switch
    {
        (true, true) => $"the sum of gradients by {Name(node)}",
        (true, false) => Name(node),
        _ => $"the gradient of {Name(node)}",
    };

    static string Possessive(Node node, bool backward) => (node.Target.Length == 0, backward) switch
    {
        (true, true) => $"the sum of gradients by {Name(node)}",
        (true, false) => $"{Name(node)}'s result",
        _ => $"{Name(node)}'s gradient by {node.Target}",
    };

    static string Name(Node node) => node.Name.Length > 0 ? node.Name : node.Operator.Name;

    static string List(List<string> items) => items.Count switch
    {
        1 => items[0],
        <= 4 => $"{string.Join(", ", items.Take(items.Count - 1))} and {items[items.Count - 1]}",
        _ => $"{string.Join(", ", items.Take(3))} and {items.Count - 3} more",
    };

    static string Bytes(List<Node> nodes)
    {
        var bytes = (nodes.Sum(static n => n.Type.Count.Value) * sizeof(float)).ToString("N0", CultureInfo.InvariantCulture);
        return nodes[0].Type.Batched ? $"{bytes} bytes a sample" : $"{bytes} bytes";
    }
}
