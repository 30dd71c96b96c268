using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>The schedule of a program: a call for each kernel. It is cut into methods that stay inside the limits of the JIT.</summary>
sealed class CpuSchedule(
    SourceWriter writer, Program program, ProgramValues values, CpuDeclarations declarations, IReadOnlyList<(Kernel Kernel, string Name, CpuMethod Method)> calls)
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
            WritePacking();
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

                writer.Line($"{name}{part + 1}<T>(worker);");
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
        writer.Block($"{(access.Length == 0 ? "" : access + " ")}static void {name}<T>(CpuWorker worker)\n    where T : struct, IMemoryLanes<T>");

    void WriteReturn() => writer.Line("if (!worker.Evaluate)\n{\n    return;\n}\n");

    void WriteKernels((int First, int Count) part)
    {
        writer.Line(Arenas);
        if (calls.Skip(part.First).Take(part.Count).Any(static c => c.Method.IsCall))
        {
            writer.Line("int begin, end;");
        }

        writer.Line();

        for (var kernel = part.First; kernel < part.First + part.Count; kernel++)
        {
            if (kernel == Evaluation && part.First == 0)
            {
                writer.Line();
                WriteReturn();
            }

            WriteKernel(calls[kernel].Kernel, calls[kernel].Name, calls[kernel].Method);
        }
    }

    void WriteKernel(Kernel kernel, string name, CpuMethod method)
    {
        writer.Line($"// {KernelSummary.Of(kernel, values)}");
        if (method.IsCall)
        {
            if (kernel.Nodes.Count > 1)
            {
                writer.Line($"// {kernel.Reason}");
            }

            writer.Line($"(begin, end) = worker.Share({method.Items});");
            writer.Line(method.Inline(Address).TrimEnd('\n'));
            writer.Line("worker.Complete();");
            return;
        }

        var arguments = string.Concat(method.Parameters.Select(p => $", {p.Name}: {Address(p)}"));
        if (method.Sequence is not { } sequence)
        {
            writer.Line($"{name}<T>(worker{arguments});");
            return;
        }

        using (writer.Block(sequence.Loop))
        {
            writer.Line($"{name}<T>(worker, {sequence.Step}{arguments});");
        }

        writer.Line("worker.Complete();");
    }

    /// <summary>Weights are packed again only when they have changed.</summary>
    void WritePacking()
    {
        var used = new HashSet<string>(calls.SelectMany(static c => c.Method.Parameters).Select(static p => p.Address));
        var packed = declarations.Packed.Select(static (weight, index) => (Weight: weight, Address: $"worker.Packed({index})")).Where(p => used.Contains(p.Address)).ToList();
        if (packed.Count == 0)
        {
            return;
        }

        writer.Line("// The weights in the order in which the tiles read them.");
        using (writer.Block("if (worker.WeightsChanged)"))
        {
            foreach (var (weight, address) in packed)
            {
                writer.Line($"{weight.Method}<T>(worker, &worker.Parameters[{Literal.Offset(values.Buffer(weight.Parameter).Offset)}], {address}, {weight.Shape});");
            }

            writer.Line("worker.Meet();");
        }

        writer.Line();
    }

    string Address(CpuParameter parameter) => parameter.Address.Length > 0 ? parameter.Address : Memory(values.Buffer(parameter.Value));

    // An element's address costs the C# compiler a tenth of a pointer's sum, for which it tries every operator there is.
    string Memory(Ir.Buffer buffer) => buffer.Space switch
    {
        Space.Sample => At("samples", buffer.Offset * (program.Layout == Layout.Samples ? SampleBlock.Lanes : 1)),
        Space.Constant => At("constants", buffer.Offset),
        Space.Parameter => At("parameters", buffer.Offset),
        _ => At("gradients", buffer.Offset),
    };

    static string At(string arena, long offset) => $"&{arena}[{Literal.Offset(offset)}]";
}
