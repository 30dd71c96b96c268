using NetDsl.Generators.Emit.Cpu;
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
    public static IEnumerable<(string HintName, string Text)> Emit(Graph graph, Program? train, Program predict, Program? predictBatch = null)
    {
        // Two networks of one name may live in different namespaces.
        var name = graph.Namespace.Length == 0 ? graph.Name : $"{graph.Namespace}.{graph.Name}";
        var kernels = CpuKernelEmitter.Emit(graph, train, predict, predictBatch);
        yield return ($"{name}.g.cs", ApiEmitter.Emit(graph, train, predict, predictBatch is not null));
        yield return ($"{name}.Definition.g.cs", DefinitionEmitter.Emit(graph, train, predict, predictBatch, kernels.HasWorkspace));
        yield return ($"{name}.Kernels.g.cs", kernels.Text);
        yield return ($"{name}.Simt.g.cs", SimtEmitter.Emit(graph, train, predict));
    }
}
