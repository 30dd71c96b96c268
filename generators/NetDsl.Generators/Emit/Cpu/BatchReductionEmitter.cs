using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>The sum over the samples, in their order and in double precision; and its gradient, which reaches only samples that exist.</summary>
static class BatchReductionEmitter
{
    public static CpuMethod Write(CpuBody body) => body.First.Member.IsForward ? Sum(body) : Spread(body);

    static bool IsMean(CpuBody body) => body.First.Operator.Reduction == BatchReductionKind.Mean;

    static CpuMethod Sum(CpuBody body)
    {
        var writer = body.Writer;
        var (x, y) = (body.Pointer(body.First.Operands[0]), body.Pointer(body.First.Result));
        var count = body.First.Type.Count;
        var (element, lanes) = count.Is(1) ? ("", "") : (" + item", $" + item * {SampleBlock.Lanes}");
        var filled = (count + SampleBlock.Lanes - 1) / SampleBlock.Lanes * SampleBlock.Lanes;
        if (!count.Is(1) && filled != count)
        {
            // Where lanes are channels, those that fill up the last vector must be numbers.
            using (writer.Block("if (begin == 0)"))
            using (writer.Block($"for (var fill = {SizeMark.Of("count", count)}; fill < {SizeMark.Of("filled", filled)}; fill++)"))
            {
                writer.Line($"{y}[fill] = 0;");
            }

            writer.Line();
        }

        using (writer.Block("for (var item = begin; item < end; item++)"))
        {
            writer.Line("var sum = 0.0;");
            using (writer.Block("for (var sample = 0; sample < worker.Samples; sample++)"))
            {
                writer.Line(body.Values.Program.Layout == Layout.Samples
                    ? $"sum += {x}[sample / {SampleBlock.Lanes} * worker.BlockStride + sample % {SampleBlock.Lanes}{lanes}];"
                    : $"sum += {x}[sample * worker.BlockStride{element}];");
            }

            var sum = $"(float)({(IsMean(body) ? "sum / worker.Samples" : "sum")});";
            writer.Line(count.Is(1) ? $"\n*{y} = {sum}" : $"\n{y}[item] = {sum}");
        }

        return body.Finish(SizeMark.Of("count", count));
    }

    static CpuMethod Spread(CpuBody body)
    {
        var writer = body.Writer;
        var (dy, dx) = (body.Pointer(body.First.Operands[0]), body.Pointer(body.First.Result));
        var count = body.First.Type.Count;
        var share = IsMean(body) ? " / worker.Samples" : "";
        using (writer.Block("for (var block = begin; block < end; block++)"))
        {
            using IDisposable? elements = count.Is(1) ? null : writer.Block($"for (var i = 0; i < {SizeMark.Of("count", count)}; i++)");
            var gradient = count.Is(1) ? $"*{dy}" : $"{dy}[i]";
            if (body.Values.Program.Layout == Layout.Channels)
            {
                writer.Line($"{dx}[block * worker.BlockStride{(count.Is(1) ? "" : " + i")}] = {gradient}{share};");
            }
            else
            {
                using (writer.Block($"for (var lane = 0; lane < {SampleBlock.Lanes}; lane++)"))
                {
                    writer.Line(
                        $"{dx}[block * worker.BlockStride{(count.Is(1) ? "" : $" + i * {SampleBlock.Lanes}")} + lane] = block * {SampleBlock.Lanes} + lane < worker.Samples ? {gradient}{share} : 0;");
                }
            }
        }

        return body.Finish("worker.Blocks");
    }
}
