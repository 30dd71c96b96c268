using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Emit;

/// <summary>What the compiler adds to a project for one network.</summary>
/// <param name="Files">The network's own files.</param>
/// <param name="Members">What it shares with other networks of the project.</param>
/// <param name="Failure">Why there is nothing; empty if all went well.</param>
sealed record NetworkCode(EquatableArray<EmittedText> Files, EquatableArray<SharedMember> Members, string Failure)
{
    /// <summary>Compiles a graph: passes, then emitters.</summary>
    public static NetworkCode Of(Graph graph)
    {
        var train = graph.Results.Any(static r => r.Kind == ResultKind.Loss) ? Pipeline.Compile(graph, ProgramMode.Train) : null;
        return NetworkEmitter.Emit(graph, train, Pipeline.Compile(graph, ProgramMode.Predict), Pipeline.CompileBatch(graph));
    }
}
