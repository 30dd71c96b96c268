using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Groups equations into kernels. An elementwise equation joins the latest kernel among the producers of its operands where that kernel
/// has an element of equal index in registers: then the operand need not be stored, or at least not be read again.
/// </summary>
/// <remarks>
/// Movements that are only views make no kernel, and elementwise equations look through reshapes, for which an element keeps its flat index. What a
/// prediction needs is never fused with what only the loss needs, nor forward with backward: each half can be run, and timed, alone.
/// </remarks>
sealed class OperatorFusion
{
    readonly Graph graph;
    readonly ProgramMode mode;
    readonly Views views;
    readonly HashSet<int> firstHalf;
    readonly Dictionary<int, long> counts;
    readonly Dictionary<int, int> reshaped = [];
    readonly Dictionary<int, int> kernelOf = [];
    readonly List<KernelDraft> kernels = [];

    OperatorFusion(Graph graph, ProgramMode mode, Views views)
    {
        (this.graph, this.mode, this.views) = (graph, mode, views);
        counts = graph.Inputs.Select(static i => (i.Value, i.Type)).Concat(graph.Nodes.Select(static n => (n.Result, n.Type)))
            .Where(static v => v.Item2.Batched).ToDictionary(static v => v.Item1, static v => v.Item2.Count.Value);
        firstHalf = mode == ProgramMode.Predict ? Reachability.Needed(graph, static kind => kind == ResultKind.Output) : Reachability.Forward(graph);
    }

    /// <returns>The kernels in order, and how many of them the outputs need (all of them, in a training program).</returns>
    public static (EquatableArray<Kernel> Kernels, int EvaluationStart) Run(Graph graph, ProgramMode mode, Views views) =>
        new OperatorFusion(graph, mode, views).Fuse();

    (EquatableArray<Kernel> Kernels, int EvaluationStart) Fuse()
    {
        foreach (var node in graph.Nodes)
        {
            if (views.IsFree(node))
            {
                LookThrough(node);
            }
            else if (node.Operator.Class == OperatorClass.Elementwise)
            {
                AddElementwise(node with { Operands = node.Operands.Select(Source).ToEquatableArray() });
            }
            else
            {
                Start(node);
            }
        }

        var finished = ElementwiseSinking.Run(graph, views, kernels);
        var inMemory = InMemory(finished);
        var names = new KernelNames();
        var evaluationStart = mode == ProgramMode.Train ? finished.Count : finished.Count(static k => k.FirstHalf);
        return (finished.Select(k => Finish(k, inMemory, names)).ToEquatableArray(), evaluationStart);
    }

    void LookThrough(Node node)
    {
        kernelOf[node.Result] = node.Operands.Max(KernelOf);
        if (node.Is(MovementKind.Reshape) || node.Is(MovementKind.Layout))
        {
            reshaped[node.Result] = Source(node.Operands[0]);
        }
    }

    void AddElementwise(Node node)
    {
        var latest = node.Operands.Select(KernelOf).DefaultIfEmpty(-1).Max();
        if (latest >= 0 && kernels[latest].Takes(node.Type, 1, firstHalf.Contains(node.Result))
            && node.Operands.All(o => KernelOf(o) != latest || kernels[latest].Computes(o)))
        {
            kernels[latest].Nodes.Add(node);
            kernelOf[node.Result] = latest;
        }
        else if (latest < kernels.Count - 1 && IsSibling(node, kernels[kernels.Count - 1]))
        {
            kernels[kernels.Count - 1].Nodes.Add(node);
            kernelOf[node.Result] = kernels.Count - 1;
        }
        else
        {
            Start(node);
        }
    }

    /// <summary>The kernel before is elementwise, too, and reads a value that this one reads: it is read once for both.</summary>
    bool IsSibling(Node node, KernelDraft before) =>
        before.IsElementwise
        && before.Takes(node.Type, 1, firstHalf.Contains(node.Result))
        && node.Operands.Any(o => counts.TryGetValue(o, out var count) && count == node.Type.Count.Value && before.Reads.Contains(o));

    void Start(Node node)
    {
        kernelOf[node.Result] = kernels.Count;
        kernels.Add(new(node, kernels.Count, firstHalf.Contains(node.Result)));
    }

    /// <summary>The values that some kernel reads from memory, or that leave the program, and those of which these are views.</summary>
    HashSet<int> InMemory(List<KernelDraft> finished)
    {
        var inMemory = new HashSet<int>(graph.Results.Select(static r => r.Value).Concat(finished.SelectMany(static k => k.Reads)));
        foreach (var node in Enumerable.Reverse(graph.Nodes).Where(n => inMemory.Contains(n.Result) && views.IsFree(n)))
        {
            inMemory.UnionWith(node.Operands);
        }

        return inMemory;
    }

    Kernel Finish(KernelDraft kernel, HashSet<int> inMemory, KernelNames names)
    {
        var first = kernel.Nodes[0];
        var backward = mode == ProgramMode.Train && !kernel.FirstHalf;
        var stores = kernel.Nodes.Select(static n => n.Result).Where(inMemory.Contains).ToEquatableArray();
        return new(names.Next(first, backward), first.Name, backward, kernel.Nodes.ToEquatableArray(), stores, FusionReason.Of(kernel.Nodes, stores, backward));
    }

    int KernelOf(int value) => kernelOf.TryGetValue(value, out var kernel) ? kernel : -1;

    int Source(int value) => reshaped.TryGetValue(value, out var source) ? source : value;
}
