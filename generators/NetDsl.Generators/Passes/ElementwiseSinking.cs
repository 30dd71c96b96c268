using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Moves elementwise kernels into the first kernel that reads their results, where that one has the elements of equal index in registers: the gates of an LSTM
/// become one kernel. A kernel stays where it is if moving it would keep more of its operands alive than it saves of its results.
/// </summary>
sealed class ElementwiseSinking
{
    readonly Views views;
    readonly HashSet<int> leaving;
    readonly Dictionary<int, List<KernelDraft>> readers = [];
    readonly Dictionary<int, HashSet<KernelDraft>> viewReaders = [];
    readonly Dictionary<int, List<KernelDraft>> rootReaders = [];
    readonly Dictionary<int, long> counts;

    ElementwiseSinking(Graph graph, Views views, List<KernelDraft> kernels)
    {
        this.views = views;
        leaving = new(graph.Results.Select(r => views.Root(r.Value)));
        counts = graph.Nodes.ToDictionary(static n => n.Result, static n => n.Type.Count.Value);
        foreach (var kernel in kernels)
        {
            foreach (var value in kernel.Reads)
            {
                Add(readers, value, kernel);
                Add(rootReaders, views.Root(value), kernel);
            }
        }

        foreach (var node in Enumerable.Reverse(graph.Nodes).Where(views.IsFree))
        {
            var through = Readers(node.Result).Concat(ViewReaders(node.Result)).ToList();
            foreach (var operand in node.Operands.Where(_ => through.Count > 0))
            {
                if (!viewReaders.TryGetValue(operand, out var set))
                {
                    viewReaders[operand] = set = [];
                }

                set.UnionWith(through);
            }
        }
    }

    /// <returns>The kernels that are left, in order.</returns>
    public static List<KernelDraft> Run(Graph graph, Views views, List<KernelDraft> kernels)
    {
        var sinking = new ElementwiseSinking(graph, views, kernels);
        foreach (var kernel in kernels.Where(static k => k.IsElementwise))
        {
            if (sinking.Destination(kernel) is { } destination)
            {
                destination.Merge(kernel);
            }
        }

        return kernels.Where(static k => !k.IsMerged).ToList();
    }

    KernelDraft? Destination(KernelDraft kernel)
    {
        var results = kernel.Nodes.Select(static n => n.Result).ToList();
        var direct = results.SelectMany(Readers).Select(static k => k.Current).Where(k => k != kernel).ToList();
        var through = results.SelectMany(ViewReaders).Select(static k => k.Current).ToList();
        var first = direct.Concat(through).OrderBy(static k => k.Index).FirstOrDefault();
        return first is not null
            && !through.Contains(first)
            && first.Takes(kernel.Nodes[0].Type, kernel.Nodes.Count, kernel.FirstHalf)
            && first.Nodes.All(n => n.Operator.Class == OperatorClass.Elementwise || !n.Operands.Any(kernel.Computes))
            && Kept(kernel, first) <= Saved(kernel, first) ? first : null;
    }

    /// <summary>Floats of operands that nothing else would keep alive until the destination.</summary>
    long Kept(KernelDraft kernel, KernelDraft destination) => kernel.Reads
        .Select(views.Root)
        .Distinct()
        .Where(root => counts.ContainsKey(root) && !leaving.Contains(root) && rootReaders[root].All(k => k.Current == kernel || k.Index < destination.Index))
        .Sum(root => counts[root]);

    /// <summary>Floats of results that need not be stored any more.</summary>
    long Saved(KernelDraft kernel, KernelDraft destination) => kernel.Nodes
        .Select(static n => n.Result)
        .Where(v => !leaving.Contains(v) && !ViewReaders(v).Any() && Readers(v).Any() && Readers(v).All(k => k.Current == destination || k.Current == kernel))
        .Sum(v => counts[v]);

    IEnumerable<KernelDraft> Readers(int value) => readers.TryGetValue(value, out var kernels) ? kernels : [];

    IEnumerable<KernelDraft> ViewReaders(int value) => viewReaders.TryGetValue(value, out var kernels) ? kernels : [];

    static void Add(Dictionary<int, List<KernelDraft>> map, int value, KernelDraft kernel)
    {
        if (!map.TryGetValue(value, out var kernels))
        {
            map[value] = kernels = [];
        }

        kernels.Add(kernel);
    }
}
