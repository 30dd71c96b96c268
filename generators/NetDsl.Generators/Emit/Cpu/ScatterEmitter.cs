namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// Gradients of weights to which samples add where they choose, as to the rows of a table: one worker owns a run of the last axis, clears it, and takes the
/// samples in their order.
/// </summary>
static class ScatterEmitter
{
    public static CpuMethod Write(CpuBody body)
    {
        var node = body.First;
        var sizes = node.Type.Sizes;
        var width = sizes[sizes.Count - 1];
        var writer = body.Writer;
        var result = body.Pointer(node.Result);
        var run = CoordinateRun.Of(node);
        using (writer.Block("for (var item = begin; item < end; item++)"))
        {
            var (start, length) = run is null ? ("0", SizeMark.Of("width", width)) : run.Declare(body, "item");
            using (writer.Block($"for (var row = 0; row < {SizeMark.Of("rows", node.Type.Count / width)}; row++)"))
            {
                writer.Line($"new System.Span<float>({result} + row * (long){SizeMark.Of("width", width)} + {start}, {length}).Clear();");
            }

            writer.Line();
            using (writer.Block("for (var block = 0; block < worker.Blocks; block++)"))
            using (ItemLoop.Lanes(body))
            {
                var views = KernelViews.Open(body, node.Operands.Append(node.Result));
                writer.Line($"{views.Call(argument => run!.Text(argument), "0")};");
            }
        }

        return body.Finish(SizeMark.Of("items", run?.Count ?? 1));
    }
}
