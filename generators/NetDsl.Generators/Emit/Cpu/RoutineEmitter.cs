using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Operators that are ordinary code on one sample's numbers: they are taken out of the lanes, the routine is called, its result is put back.</summary>
static class RoutineEmitter
{
    public static CpuMethod Write(CpuBody body) => body.Values.Program.Layout == Layout.Channels ? Rows(body) : Lanes(body);

    /// <summary>A sample's numbers lie side by side: the routine works where they are.</summary>
    static CpuMethod Rows(CpuBody body)
    {
        var node = body.First;
        var writer = body.Writer;
        using (writer.Block("for (var block = begin; block < end; block++)"))
        {
            var spans = new Dictionary<int, string>();
            foreach (var value in node.Operands.Where(static o => o >= 0).Distinct())
            {
                spans[value] = body.Names.Add($"{body.Pointer(value)} sample");
                writer.Line($"var {spans[value]} = new System.ReadOnlySpan<float>({body.AtBlock(value)}, {SizeMark.Of("size", body.Values.Type(value).Count)});");
            }

            writer.Line($"var written = new System.Span<float>({body.AtBlock(node.Result)}, {SizeMark.Of("count", node.Type.Count)});");
            writer.Line($"{Call(node, spans)};");
        }

        return body.Finish("worker.Blocks");
    }

    static CpuMethod Lanes(CpuBody body)
    {
        var node = body.First;
        var writer = body.Writer;
        var (result, count) = (body.Pointer(node.Result), SizeMark.Of("count", node.Type.Count));
        using (writer.Block("for (var item = begin; item < end; item++)"))
        {
            writer.Line($"var block = item / {SampleBlock.Lanes};\nvar lane = item % {SampleBlock.Lanes};");
            writer.Line($"var target = {result} + block * worker.BlockStride + lane;");
            using (writer.Block("if (item >= worker.Samples)"))
            {
                writer.Line($"SampleMemory.Clear(target, {count});\ncontinue;");
            }

            writer.Line();
            var spans = new Dictionary<int, string>();
            foreach (var value in node.Operands.Where(static o => o >= 0).Distinct())
            {
                var size = SizeMark.Of("size", body.Values.Type(value).Count);
                var pointer = body.Pointer(value);
                var name = spans[value] = body.Names.Add($"{pointer} sample");
                writer.Line(body.IsBatched(value)
                    ? $"var {name} = SampleMemory.Read({spans.Count}, {pointer} + block * worker.BlockStride + lane, {size});"
                    : $"var {name} = new System.ReadOnlySpan<float>({pointer}, {size});");
            }

            writer.Line($"var written = SampleMemory.Take(0, {count});");
            writer.Line($"{Call(node, spans)};");
            writer.Line("SampleMemory.Write(written, target);");
        }

        return body.Finish($"worker.Blocks * {SampleBlock.Lanes}");
    }

    static string Call(Node node, Dictionary<int, string> spans) => KernelCall.Of(node, "", argument => argument.Kind == BindingKind.Result
        ? ("written", "")
        : (node.Operands[node.Member.Reads.ToList().IndexOf(argument.Name)] is var value && value >= 0 ? spans[value] : "default", ""), SizeMark.Of);
}
