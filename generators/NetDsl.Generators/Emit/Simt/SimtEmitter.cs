using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Simt;

/// <summary>Writes <c>Name.Simt.g.cs</c>: the kernels of both programs for ILGPU, one thread an item.</summary>
static class SimtEmitter
{
    public static string Emit(Graph graph, Program? train, Program predict)
    {
        if (ProcessorOnly.Reason(graph) is { } reason)
        {
            return WithoutKernels(graph, reason);
        }

        var writer = new SourceWriter();
        EmittedFile.BeginKernels(writer, graph, "ILGPU", "NetDsl.Kernels", "NetDsl.Runtime");
        writer.Documentation("summary", $"The kernels of {graph.Name} for a GPU: a thread for each item, sample n at n times the size of a sample.");
        using (writer.Block($"static class {graph.Name}Simt"))
        {
            writer.Documentation("summary", "The training or the prediction program.");
            writer.Line($"public static SimtProgram Create(bool training) => {(train is null ? "CreatePredict()" : "training ? CreateTrain() : CreatePredict()")};");
            var kernels = new SimtKernels();
            if (train is not null)
            {
                kernels.Add("CreateTrain", "Forward, loss and backward, in the order in which they run.", train);
            }

            kernels.Add("CreatePredict", "Forward, then loss and metrics for an evaluation.", predict);
            kernels.Write(writer);
        }

        return writer.ToString();
    }

    /// <summary>A device refuses the network before it asks for a program.</summary>
    static string WithoutKernels(Graph graph, string reason)
    {
        var writer = new SourceWriter();
        EmittedFile.Begin(writer, graph, "NetDsl.Runtime");
        writer.Documentation("summary", $"There are no kernels of {graph.Name} for a GPU: {reason}.");
        using (writer.Block($"static class {graph.Name}Simt"))
        {
            writer.Line($"public static SimtProgram Create(bool training) => throw new System.NotSupportedException({Literal.Of($"{graph.Name} runs on the CPU only: {reason}.")});");
        }

        return writer.ToString();
    }
}
