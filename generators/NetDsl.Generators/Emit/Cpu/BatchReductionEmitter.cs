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
        using (writer.Block("for (var item = begin; item < end; item++)"))
        {
            writer.Line("var sum = 0.0;");
            using (writer.Block("for (var sample = 0; sample < worker.Samples; sample++)"))
            {
                writer.Line(body.Values.Program.Layout == Layout.Samples
                    ? $"sum += {x}[sample / {SampleBlock.Lanes} * worker.BlockStride + sample % {SampleBlock.Lanes}];"
                    : $"sum += {x}[sample * worker.BlockStride];");
            }

            writer.Line($"\n*{y} = (float)({(IsMean(body) ? "sum / worker.Samples" : "sum")});");
        }

        return body.Finish("1");
    }

    static CpuMethod Spread(CpuBody body)
    {
        var writer = body.Writer;
        var (dy, dx) = (body.Pointer(body.First.Operands[0]), body.Pointer(body.First.Result));
        if (body.Values.Program.Layout == Layout.Channels)
        {
            using (writer.Block("for (var block = begin; block < end; block++)"))
            {
                writer.Line($"{dx}[block * worker.BlockStride] = *{dy}{(IsMean(body) ? " / worker.Samples" : "")};");
            }

            return body.Finish("worker.Blocks");
        }

        using (writer.Block("for (var block = begin; block < end; block++)"))
        using (writer.Block($"for (var lane = 0; lane < {SampleBlock.Lanes}; lane++)"))
        {
            writer.Line($"{dx}[block * worker.BlockStride + lane] = block * {SampleBlock.Lanes} + lane < worker.Samples ? *{dy}{(IsMean(body) ? " / worker.Samples" : "")} : 0;");
        }

        return body.Finish("worker.Blocks");
    }
}
