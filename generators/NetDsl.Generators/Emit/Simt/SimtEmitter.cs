using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Simt;

/// <summary>Writes <c>Name.Simt.g.cs</c>: the methods of both programs for ILGPU. How they are launched stands in the definition, which needs no ILGPU.</summary>
static class SimtEmitter
{
    public static string Emit(Graph graph, SimtKernels? train, SimtKernels? predict, SharedMembers shared)
    {
        if (ProcessorOnly.Reason(graph) is { } reason)
        {
            return WithoutKernels(graph, reason);
        }

        var (parameter, argument) = graph.IsFree ? (", NetworkDefinition definition", "definition") : ("", "");
        var writer = new SourceWriter();
        EmittedFile.BeginKernels(writer, graph, shared, SharedClass.SimtKernels, "global::NetDsl.Runtime");
        writer.Documentation("summary", $"The methods of {graph.Name}'s kernels on a GPU: a thread for each item, sample n at n times the size of a sample.");
        using (writer.Block($"static class {graph.Name}Simt"))
        {
            writer.Documentation("summary", "The training or the prediction program.");
            writer.Line($"public static SimtProgram Create(bool training{parameter}) => {(train is null ? $"CreatePredict({argument})" : $"training ? CreateTrain({argument}) : CreatePredict({argument})")};");
            if (train is not null)
            {
                Program(writer, graph, "Train", "Forward, loss and backward, in the order in which they run.", train);
            }

            Program(writer, graph, "Predict", "Forward, then loss and metrics for an evaluation.", predict!);
        }

        return writer.ToString();
    }

    static void Program(SourceWriter writer, Graph graph, string program, string summary, SimtKernels kernels)
    {
        writer.Line();
        writer.Documentation("summary", summary);
        var (parameter, definition) = graph.IsFree ? ("global::NetDsl.Runtime.NetworkDefinition definition", "definition") : ("", $"{graph.Name}.Definition");
        writer.Line($"static SimtProgram Create{program}({parameter}) => new({definition}.{program}!, [");
        using (writer.Indent())
        {
            writer.Line($"{Literal.Filled(kernels.Methods)}]);");
        }
    }

    /// <summary>A device refuses the network before it asks for a program.</summary>
    static string WithoutKernels(Graph graph, string reason)
    {
        var writer = new SourceWriter();
        EmittedFile.Begin(writer, graph, "global::NetDsl.Runtime");
        writer.Documentation("summary", $"There are no kernels of {graph.Name} for a GPU: {reason}.");
        using (writer.Block($"static class {graph.Name}Simt"))
        {
            writer.Line($"public static SimtProgram Create(bool training{(graph.IsFree ? ", NetworkDefinition definition" : "")}) => throw new System.NotSupportedException({Literal.Of($"{graph.Name} runs on the CPU only: {reason}.")});");
        }

        return writer.ToString();
    }
}
