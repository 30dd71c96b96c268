using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>A kernel of a schedule.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Method">What it computes.</param>
/// <param name="Form">The shared method; empty for a call of the library.</param>
/// <param name="Sizes">What it passes for the sizes of the form.</param>
sealed record CpuCall(Kernel Kernel, CpuMethod Method, string Form, IReadOnlyList<SizeArgument> Sizes);

/// <summary>The schedule of a program: a call for each kernel. It is cut into methods that stay inside the limits of the JIT.</summary>
sealed class CpuSchedule(SourceWriter writer, Program program, ProgramValues values, IReadOnlyList<CpuCall> calls)
{
    /// <summary>Kernels to a method: about 8 KB of IL.</summary>
    const int Part = 80;

    const string Arenas = "float* samples = worker.SampleArena, constants = worker.ConstantArena, parameters = worker.Parameters, gradients = worker.Gradients;";

    public void Write(string name, string summary)
    {
        var parts = Parts();
        writer.Documentation("summary", summary);
        using (Method("public", name))
        {
            if (parts.Count == 1)
            {
                WriteKernels(parts[0]);
                return;
            }

            for (var part = 0; part < parts.Count; part++)
            {
                if (parts[part].First == Evaluation)
                {
                    WriteReturn();
                }

                writer.Line($"{name}{part + 1}<T>(worker{(program.Graph.IsFree ? ", size" : "")});");
            }
        }

        for (var part = 0; part < parts.Count; part++)
        {
            writer.Line();
            using (Method("", $"{name}{part + 1}"))
            {
                WriteKernels(parts[part]);
            }
        }
    }

    /// <summary>The first kernel that only an evaluation needs.</summary>
    int Evaluation => program.Mode == ProgramMode.Predict ? program.EvaluationStart : -1;

    List<(int First, int Count)> Parts()
    {
        if (calls.Count <= Part)
        {
            return [(0, calls.Count)];
        }

        var starts = Enumerable.Range(0, calls.Count).Where(kernel => kernel % Part == 0 || kernel == Evaluation).ToList();
        return [.. starts.Select((start, i) => (start, (i + 1 < starts.Count ? starts[i + 1] : calls.Count) - start))];
    }

    SourceWriter.Scope Method(string access, string name) =>
        writer.Block($"{(access.Length == 0 ? "" : access + " ")}static void {name}<T>(CpuWorker worker{(program.Graph.IsFree ? $", {SizesEmitter.Name(program.Graph)} size" : "")})\n    where T : struct, IMemoryLanes<T>");

    void WriteReturn() => writer.Line("if (!worker.Evaluate)\n{\n    return;\n}\n");

    void WriteKernels((int First, int Count) part)
    {
        writer.Line($"{Arenas}\n");
        for (var kernel = part.First; kernel < part.First + part.Count; kernel++)
        {
            if (kernel == Evaluation && part.First == 0)
            {
                writer.Line();
                WriteReturn();
            }

            // As many as follow from parameters alone, within this part.
            var end = kernel;
            while (end < part.First + part.Count && calls[end].Kernel.Prepares)
            {
                end++;
            }

            if (end == kernel)
            {
                WriteKernel(calls[kernel]);
                continue;
            }

            using (writer.Block($"if (worker.Prepares(kernels: {end - kernel}))"))
            {
                for (; kernel < end; kernel++)
                {
                    WriteKernel(calls[kernel]);
                }
            }

            kernel--;
        }
    }

    void WriteKernel(CpuCall call)
    {
        var (kernel, method) = (call.Kernel, call.Method);
        var reason = kernel.Nodes.Count > 1 || kernel.Nodes[0].Operator.IsRecord ? kernel.Reason : "";
        writer.Line($"// {string.Join(". ", new[] { KernelSummary.Of(kernel, values), reason.TrimEnd('.'), method.Note.TrimEnd('.') }.Where(static t => t.Length > 0))}.");
        if (method.IsCall)
        {
            writer.Line(method.Inline(Address).TrimEnd('\n'));
            return;
        }

        var sizes = string.Concat(call.Sizes.Select(static s => $", {s.Name}: {s.Value}"));
        var arguments = string.Concat(method.Parameters.Select(p => $", {p.Name}: {Address(p)}")) + sizes;
        if (method.Sequence is not { } sequence)
        {
            writer.Line($"{call.Form}<T>(worker{arguments});");
            return;
        }

        using (writer.Block(sequence.Loop))
        {
            writer.Line($"{call.Form}<T>(worker, {sequence.Step}{arguments});");
        }

        writer.Line("worker.Complete();");
    }

    string Address(CpuParameter parameter) => parameter.Packed >= 0 ? $"worker.Packed<T>({parameter.Packed})" : Memory(values.Buffer(parameter.Value));

    // An element's address costs the C# compiler a tenth of a pointer's sum, for which it tries every operator there is.
    string Memory(Ir.Buffer buffer) => buffer.Space switch
    {
        Space.Sample => At("samples", buffer.Offset * (program.Layout == Layout.Samples ? SampleBlock.Lanes : 1)),
        Space.Constant => At("constants", buffer.Offset),
        Space.Parameter => At("parameters", buffer.Offset),
        _ => At("gradients", buffer.Offset),
    };

    static string At(string arena, Size offset) => $"&{arena}[{Literal.Offset(offset)}]";
}
