using NetDsl.Generators.Ir;
using Buffer = NetDsl.Generators.Ir.Buffer;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Plans the memory of a program: which values share memory, and where each lies. A value lives from the kernel that writes it to the last one that
/// reads it, forward and backward together; inputs and results live to the end.
/// </summary>
sealed class BufferAssignment
{
    /// <summary>Floats to a cache line: what begins at a multiple of it is aligned for every SIMD width.</summary>
    const int Alignment = 16;

    readonly Graph graph;
    readonly Views views;
    readonly EquatableArray<Kernel> kernels;
    readonly Dictionary<int, TensorType> types = [];
    readonly Lifetimes lifetimes;
    readonly Dictionary<int, Allocation> allocations = [];

    BufferAssignment(Graph graph, Views views, EquatableArray<Kernel> kernels, HashSet<int> kept)
    {
        (this.graph, this.views, this.kernels) = (graph, views, kernels);
        foreach (var input in graph.Inputs) { types[input.Value] = input.Type; }
        foreach (var parameter in graph.Parameters) { types[parameter.Value] = parameter.Type; }
        foreach (var node in graph.Nodes) { types[node.Result] = node.Type; }
        lifetimes = Lifetimes.Of(graph, views, kernels, kept);
    }

    public static Program Run(Graph graph, ProgramMode mode, Layout layout, Views views, EquatableArray<Kernel> kernels, int evaluationStart) =>
        new BufferAssignment(graph, views, kernels, Preparation.Kept(graph, mode, layout, kernels)).Assign(mode, layout, evaluationStart);

    Program Assign(ProgramMode mode, Layout layout, int evaluationStart)
    {
        foreach (var value in lifetimes.Values.Where(v => views.Root(v) == v))
        {
            var (first, last) = lifetimes[value];
            allocations[value] = new(value, types[value].Batched ? Space.Sample : Space.Constant, types[value].MemoryCount, first, last);
        }

        var (parameterOffsets, parameterSize) = Pin();
        InPlaceReuse.Run(kernels, views, allocations);
        var places = new FreePlaces(mode == ProgramMode.Train ? "Train" : layout == Layout.Channels ? "Predict" : "PredictBatch");
        var sampleSize = ArenaPacking.Pack([.. allocations.Values.Where(static a => a.Space == Space.Sample).Distinct()], layout == Layout.Samples ? 1 : Alignment, places.Named);
        var constantSize = ArenaPacking.Pack([.. allocations.Values.Where(static a => a.Space == Space.Constant).Distinct()], Alignment, places.Named);
        var names = BufferNames.Of(graph);
        var buffers = lifetimes.Values.Select(v => Assigned(v, names[v])).ToEquatableArray();
        return new(mode, graph, kernels, buffers, evaluationStart, sampleSize, constantSize, parameterOffsets, parameterSize) { Layout = layout, Places = places.Facts.Concat(layout == Layout.Channels ? Vectorizations.Conditions(kernels, v => types[v]) : []).ToEquatableArray() };
    }

    /// <summary>
    /// Parameters and their gradients lie at the same offsets of two memories that other programs and the solver know. Large ones lie last, the largest behind all others:
    /// where gradients are not stored, what is not touched is then one piece, and no page of it is taken for a small neighbour.
    /// </summary>
    (EquatableArray<long> Offsets, long Size) Pin()
    {
        var offsets = new Dictionary<int, long>();
        long offset = 0;
        foreach (var parameter in graph.Parameters.OrderBy(static p => p.Type.Count.Constant < FactoredGradients.Least ? 0 : p.Type.Count.Constant))
        {
            Pin(parameter.Value, Space.Parameter, offset);
            if (graph.Results.FirstOrDefault(r => r.Kind == ResultKind.Gradient && r.Name == parameter.Path) is { } gradient)
            {
                Pin(views.Root(gradient.Value), Space.Gradient, offset);
            }

            offsets.Add(parameter.Value, offset);
            offset = ArenaPacking.Align(offset + parameter.Type.Count.Constant, Alignment);
        }

        return (graph.Parameters.Select(p => offsets[p.Value]).ToEquatableArray(), offset);
    }

    void Pin(int root, Space space, long offset)
    {
        var (first, last) = lifetimes[root];
        allocations[root] = new(root, space, types[root].Count, first, last) { Offset = offset, Place = offset };
    }

    Buffer Assigned(int value, string name)
    {
        var allocation = allocations[views.Root(value)];
        var (first, last) = lifetimes[value];
        return new(value, name, types[value], allocation.Space, allocation.Place + views.Offset(value), types[value].MemoryCount, views.Parent(value), first, Math.Min(last, Math.Max(0, kernels.Count - 1)));
    }
}
