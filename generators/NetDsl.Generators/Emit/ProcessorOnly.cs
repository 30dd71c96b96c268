using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit;

/// <summary>Which networks a GPU cannot run.</summary>
static class ProcessorOnly
{
    /// <summary>Why only a processor can run the network; null if a GPU can.</summary>
    public static string? Reason(Graph graph) => graph.Nodes.FirstOrDefault(static n => n.Operator.IsRoutine) is { } node
        ? $"layer '{node.Name}' ({node.Operator.Name}) is a routine that has no form for a GPU"
        : null;
}
