using NetDsl.Generators.Emit.Cpu;
using NetDsl.Generators.Emit.Definitions;
using NetDsl.Generators.Emit.Simt;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit;

/// <summary>Turns a compiled network into the files that are added to the user's project. The same network gives the same bytes.</summary>
static class NetworkEmitter
{
    /// <param name="graph">The network as written, before any pass: its layers are the layer table.</param>
    /// <param name="train">Absent where the network has no <c>Loss</c>.</param>
    /// <param name="predict">Forward, then loss and metrics for an evaluation.</param>
    /// <param name="predictBatch">The same for sixteen samples and more; absent where <paramref name="predict"/> serves them, too.</param>
    public static NetworkCode Emit(Graph graph, Program? train, Program predict, Program? predictBatch = null)
    {
        // Two networks of one name may live in different namespaces.
        var name = graph.Namespace.Length == 0 ? graph.Name : $"{graph.Namespace}.{graph.Name}";
        var shared = new SharedMembers();
        var onDevices = ProcessorOnly.Reason(graph) is null;
        var (trainSimt, predictSimt) = (onDevices && train is not null ? SimtKernels.Of(train, shared) : null, onDevices ? SimtKernels.Of(predict, shared) : null);
        var kernels = CpuKernelEmitter.Emit(graph, train, predict, predictBatch, shared);
        var sizes = graph.IsFree
            ? new[] { new EmittedText($"{name}.Sizes.g.cs", SizesEmitter.Emit(graph, new[] { train, predict, predictBatch }.OfType<Program>(), kernels.FreeShapes)) }
            : [];
        return new(
            new EmittedText[]
            {
                new($"{name}.g.cs", ApiEmitter.Emit(graph, train, predict, predictBatch is not null)),
                new($"{name}.Definition.g.cs", DefinitionEmitter.Emit(graph, train, predict, predictBatch, kernels.HasWorkspace, trainSimt, predictSimt)),
                new($"{name}.Kernels.g.cs", kernels.Text),
                new($"{name}.Simt.g.cs", SimtEmitter.Emit(graph, trainSimt, predictSimt, shared)),
            }.Concat(sizes).ToEquatableArray(),
            shared.All.ToEquatableArray(),
            "");
    }
}
