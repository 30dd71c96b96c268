using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Moves the gradients of large product weights behind all other kernels. Such a gradient is a product of two factors that are far smaller than itself, so it need not be stored:
/// what it is made of waits until everything else has been computed and found finite, and the update takes each piece as it is computed.
/// </summary>
static class FactoredGradients
{
    /// <summary>Elements from which it pays: below, a gradient does not leave the caches.</summary>
    public const long Least = 1 << 19;

    /// <summary>So many times as large as the factors of one sample, at least.</summary>
    const long Ratio = 16;

    /// <summary>The same for a convolution by Winograd's algorithm, whose time goes into its products: what counts is the memory of a gradient against that of as many samples' factors, which wait.</summary>
    const long WinogradRatio = 9;

    const string Reason = "Behind all others: far larger than its two factors, it is not stored where the update takes it as it is computed.";

    public static EquatableArray<Kernel> Run(Graph graph, Layout layout, Views views, EquatableArray<Kernel> kernels)
    {
        if (layout != Layout.Channels)
        {
            return kernels;
        }

        var types = graph.Inputs.Select(static i => (i.Value, i.Type)).Concat(graph.Nodes.Select(static n => (n.Result, n.Type))).ToDictionary(static v => v.Item1, static v => v.Item2);
        var gradients = new HashSet<int>(graph.Results.Where(static r => r.Kind == ResultKind.Gradient).Select(static r => r.Value));
        var read = new HashSet<int>(kernels.SelectMany(static k => k.Nodes).SelectMany(static n => n.Operands).Select(views.Root));
        var marked = kernels.Select(k => IsFactored(k) ? k with { IsFactored = true, Reason = Reason } : k).ToList();
        return marked.Where(static k => !k.IsFactored).Concat(marked.Where(static k => k.IsFactored)).ToEquatableArray();

        bool IsFactored(Kernel kernel) =>
            kernel is { Backward: true, Nodes: [{ Target.Length: > 0, Type.Batched: false, Operands.Count: 2 } node] }
            && gradients.Contains(node.Result)
            && !read.Contains(node.Result)
            && RatioOf(node, graph.Algorithms) is { } ratio
            && node.Type.Count.Value >= Math.Max(Least, ratio * node.Operands.Sum(o => types[o].Count.Value))
            && node.Type.Count.Value / node.Type.Sizes[0].Value % TensorType.BlockSize == 0
            && node.Operands.All(o => types[o].Batched && IsWithoutGaps(types[o]));
    }

    /// <summary>How much larger the gradient has to be; null where the kernel has no form that gives it to the update.</summary>
    static long? RatioOf(Node node, string algorithms) =>
        node.Operator.Anchor == AnchorKind.MatrixProduct ? Ratio
        : node.Operator.Anchor != AnchorKind.Convolution || !ConvolutionGeometry.IsOf(node) ? null
        : ConvolutionGeometry.Of(node) is { IsForColumns: true } ? Ratio
        : algorithms != "Exact" && ConvolutionGeometry.Of(node) is { IsForTransforms: true, IsForWinograd: true } ? WinogradRatio
        : null;

    /// <summary>Its elements are neighbours, so that the runtime can look at all of them: no block of channels is filled up.</summary>
    static bool IsWithoutGaps(TensorType type) => type.Storage != Storage.Blocks || type.MemoryCount.Value == type.Count.Value;
}
