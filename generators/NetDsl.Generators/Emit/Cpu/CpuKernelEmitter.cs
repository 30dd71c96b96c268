using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Emits the CPU form of a network: schedules, generic over the width of the vectors, of calls of the library and of methods for what it does not have.</summary>
static class CpuKernelEmitter
{
    /// <summary>The text of <c>Name.Kernels.g.cs</c>, whether it asks for memory beside the plan's, and the sizes of convolutions that an instance computes.</summary>
    public static (string Text, bool HasWorkspace, IReadOnlyList<KeyValuePair<string, string>> FreeShapes) Emit(Graph graph, Program? train, Program predict, Program? predictBatch, SharedMembers shared)
    {
        var declarations = new CpuDeclarations(shared, graph.IsFree ? SizesEmitter.Name(graph) : "");

        // First the predictions, so that the weights that they keep packed come first.
        var schedules = new List<Action<SourceWriter>> { Schedule("Predict", "A prediction; the loss and the metrics behind it are for evaluation.", predict, declarations) };
        if (predictBatch is not null)
        {
            schedules.Add(Schedule("PredictBatch", $"A prediction for an instance of {SampleBlock.Lanes} samples or more.", predictBatch, declarations));
        }

        declarations.Kept = declarations.PackedCount;
        if (train is not null)
        {
            schedules.Insert(0, Schedule("Train", "A training step: forward, loss and backward.", train, declarations));
        }

        var writer = new SourceWriter();
        EmittedFile.BeginKernels(writer, graph, shared, SharedClass.CpuKernels, "global::NetDsl.Kernels", "global::NetDsl.Runtime");
        writer.Documentation("summary", $"{graph.Name} on the CPU: its kernels in the order in which they run. Workers take the items of each kernel until none are left.");
        using (writer.Block($"static unsafe class {graph.Name}Cpu"))
        {
            declarations.Write(writer);
            for (var i = 0; i < schedules.Count; i++)
            {
                if (i > 0)
                {
                    writer.Line();
                }

                schedules[i](writer);
            }
        }

        return (writer.ToString(), declarations.HasWorkspace, declarations.FreeShapes);
    }

    static Action<SourceWriter> Schedule(string name, string summary, Program program, CpuDeclarations declarations)
    {
        var values = new ProgramValues(program);
        var calls = program.Kernels.Select(kernel =>
        {
            var method = CpuKernelBody.Write(kernel, values, declarations);
            var (form, sizes) = method.IsCall ? ("", []) : CpuForm.Add(kernel, method, declarations.Shared);
            return new CpuCall(kernel, method, form, sizes);
        }).ToList();
        return writer =>
        {
            var stored = calls.Where(static call => !call.Kernel.IsFactored).ToList();
            new CpuSchedule(writer, program, values, stored).Write(name, $"{summary} {LayoutText(program.Layout)}");
            if (stored.Count < calls.Count)
            {
                writer.Line();
                new CpuSchedule(writer, program, values, [.. calls.Skip(stored.Count)]).Write(
                    $"{name}Factored", "The end of a training step: the gradients of weights far larger than what these are products of. Each goes into the update as it is computed, or into memory where somebody wants to see it.");
            }
        };
    }

    static string LayoutText(Layout layout) => layout == Layout.Samples
        ? $"Blocks of {SampleBlock.Lanes} samples, the sample innermost."
        : $"One sample after the other; what is convolved in blocks of {SampleBlock.Lanes} channels, the channel innermost.";
}
