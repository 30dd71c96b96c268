using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Turns the elementwise operators behind a library kernel into a struct that the kernel gives its results to, while they are in registers.</summary>
static class EpilogueWriter
{
    /// <summary>The type arguments and the epilogue of the call.</summary>
    public static (string Type, string Value) Write(CpuBody body, SharedMembers shared)
    {
        var kernel = body.Kernel;
        if (!body.Tail.Any())
        {
            return ("StoreEpilogue<T>", $"new({body.Pointer(body.First.Result)})");
        }

        var inner = new CpuBody(kernel, body.Values, ["worker", "offset", "value"]);
        inner.Hold(body.First.Result, "value");
        var (index, sample) = body.Values.Program.Layout == Layout.Samples
            ? ($"offset % worker.BlockStride / {SampleBlock.Lanes}", $"offset / worker.BlockStride * {SampleBlock.Lanes} + offset % {SampleBlock.Lanes}")
            : ("offset % worker.BlockStride", "(offset / worker.BlockStride)");
        inner.WriteTail(value => $"{inner.Pointer(value)} + offset", "T", index, sample: sample);
        var method = inner.Finish("");
        var sizes = new List<SizeArgument>();
        var text = SizeMark.Name(method.Text, sizes);
        var random = inner.UsesRandom ? "CpuWorker worker" : "";
        var pointers = method.Parameters.Select(static p => p.Name).ToList();
        var writer = new SourceWriter();
        var parameters = string.Join(", ", pointers.Select(static p => $"float* {p}").Prepend(random).Concat(sizes.Select(static s => $"{s.Type} {s.Name}")).Where(static p => p.Length > 0));
        var operators = body.Tail.Select(static n => $"{(n.Member.IsForward ? "" : "d")}{n.Operator.Name}").ToList();
        writer.Documentation("summary", $"{string.Join(" → ", operators)}, on results in registers.");
        using (writer.Block($"public readonly unsafe struct {SharedMember.Placeholder}<T>({parameters}) : IEpilogue<T>\n    where T : struct, IMemoryLanes<T>"))
        {
            pointers.ForEach(p => writer.Line($"readonly float* {p} = {p};"));
            writer.Line("\n[MethodImpl(MethodImplOptions.AggressiveInlining)]");
            using (writer.Block("public void Store(nint offset, T value)"))
            {
                writer.Line(text.TrimEnd('\n'));
            }
        }

        var name = shared.Add(SharedClass.CpuKernels, $"{string.Concat(operators.Take(3).Select(KernelForm.Pascal))}Epilogue", writer.ToString());
        var arguments = method.Parameters.Select(p => body.Pointer(p.Value)).Prepend(inner.UsesRandom ? "worker" : "").Concat(sizes.Select(static s => s.Value)).Where(static a => a.Length > 0);
        return ($"{name}<T>", $"new({string.Join(", ", arguments)})");
    }
}
