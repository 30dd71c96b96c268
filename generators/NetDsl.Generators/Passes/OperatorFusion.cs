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
    readonly Views views;
    readonly HashSet<int> firstHalf;
    readonly ProgramMode mode;
    readonly Dictionary<int, int> reshaped = [];
    readonly Dictionary<int, int> kernelOf = [];
    readonly List<List<Node>> kernels = [];

    OperatorFusion(Graph graph, ProgramMode mode, Views views)
    {
        (this.graph, this.mode, this.views) = (graph, mode, views);
        firstHalf = Reachability.Needed(graph, mode == ProgramMode.Predict
            ? static kind => kind == ResultKind.Output
            : static kind => kind != ResultKind.Gradient);
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
                kernelOf[node.Result] = node.Operands.Max(KernelOf);
                if (node.Is(MovementKind.Reshape))
                {
                    reshaped[node.Result] = Source(node.Operands[0]);
                }
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

        var inMemory = InMemory();
        var names = new KernelNames();
        var evaluationStart = mode == ProgramMode.Train ? kernels.Count : kernels.Count(IsFirstHalf);
        return (kernels.Select(nodes => Finish(nodes, inMemory, names)).ToEquatableArray(), evaluationStart);
    }

    Kernel Finish(List<Node> nodes, HashSet<int> inMemory, KernelNames names)
    {
        var backward = mode == ProgramMode.Train && !IsFirstHalf(nodes);
        var stores = nodes.Select(static n => n.Result).Where(inMemory.Contains).ToEquatableArray();
        return new(names.Next(nodes[0], backward), nodes[0].Name, backward, nodes.ToEquatableArray(), stores, FusionReason.Of(nodes, stores));
    }

    void AddElementwise(Node node)
    {
        var kernel = node.Operands.Select(KernelOf).DefaultIfEmpty(-1).Max();
        if (kernel >= 0 && CanJoin(node, kernel))
        {
            kernels[kernel].Add(node);
            kernelOf[node.Result] = kernel;
        }
        else
        {
            Start(node);
        }
    }

    void Start(Node node)
    {
        kernelOf[node.Result] = kernels.Count;
        kernels.Add([node]);
    }

    bool CanJoin(Node node, int kernel)
    {
        var nodes = kernels[kernel];
        return HasElements(nodes[0])
            && nodes[0].Type.Batched == node.Type.Batched
            && nodes[0].Type.Count == node.Type.Count
            && firstHalf.Contains(nodes[0].Result) == firstHalf.Contains(node.Result)
            && node.Operands.All(o => KernelOf(o) != kernel || nodes.Any(n => n.Result == o));
    }

    /// <summary>Each element of the result is in a register once, and nothing is summed over samples.</summary>
    static bool HasElements(Node node) => node.Operator.Class switch
    {
        OperatorClass.Anchor => node.Type.Batched,
        OperatorClass.Injective or OperatorClass.Elementwise => node.Member.Form is MemberForm.Element or MemberForm.Scalar,
        _ => false,
    };

    /// <summary>The values that some kernel reads from memory, or that leave the program, and those of which these are views.</summary>
    HashSet<int> InMemory()
    {
        var inMemory = new HashSet<int>(graph.Results.Select(static r => r.Value));
        foreach (var nodes in kernels)
        {
            var own = new HashSet<int>(nodes.Select(static n => n.Result));
            inMemory.UnionWith(nodes.SelectMany(static n => n.Operands).Where(o => !own.Contains(o)));
        }

        for (var i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            if (views.IsFree(graph.Nodes[i]) && inMemory.Contains(graph.Nodes[i].Result))
            {
                inMemory.UnionWith(graph.Nodes[i].Operands);
            }
        }

        return inMemory;
    }

    int KernelOf(int value) => kernelOf.TryGetValue(value, out var kernel) ? kernel : -1;

    int Source(int value) => reshaped.TryGetValue(value, out var source) ? source : value;

    bool IsFirstHalf(List<Node> nodes) => firstHalf.Contains(nodes[0].Result);
}
