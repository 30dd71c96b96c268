using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Which kernels of a prediction follow from parameters alone. They need not run until these change, and what others read of their results must stay until then.
/// </summary>
static class Preparation
{
    public static EquatableArray<Kernel> Mark(Graph graph, EquatableArray<Kernel> kernels, int evaluationStart)
    {
        var known = new HashSet<int>(graph.Parameters.Select(static p => p.Value)) { -1 };
        var marked = new List<Kernel>();
        foreach (var kernel in kernels)
        {
            // What only an evaluation needs does not run in every prediction, so that it may have missed a change.
            var prepares = marked.Count < evaluationStart && Follows(kernel, known);
            if (prepares)
            {
                known.UnionWith(kernel.Nodes.Select(static n => n.Result));
            }

            marked.Add(kernel with { Prepares = prepares });
        }

        return marked.ToEquatableArray();
    }

    /// <summary>Results of such kernels that others read, though not only once, when the weights have changed, to pack them.</summary>
    public static HashSet<int> Kept(Graph graph, ProgramMode mode, Layout layout, EquatableArray<Kernel> kernels)
    {
        var results = kernels.Where(static k => k.Prepares).SelectMany(static k => k.Nodes).ToDictionary(static n => n.Result, static n => n.Type);
        return new(kernels.Where(static k => !k.Prepares).SelectMany(static k => k.Nodes)
            .SelectMany(n => n.Operands.Where(o => results.TryGetValue(o, out var type) && !WeightPacking.Keeps(n, o, type, graph, mode, layout))));
    }

    static bool Follows(Kernel kernel, HashSet<int> known)
    {
        var own = new HashSet<int>(kernel.Nodes.Select(static n => n.Result));
        return kernel.Nodes.All(n => !n.Type.Batched && !n.Member.IsRandom && n.Operator.Class != OperatorClass.Movement && n.Operands.All(o => known.Contains(o) || own.Contains(o)));
    }
}
