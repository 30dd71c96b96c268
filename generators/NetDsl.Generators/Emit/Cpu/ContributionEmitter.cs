using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// Gradients of weights as sums over the batch: one worker sums one element over all blocks, in order, then over the lanes, or where lanes are channels
/// sixteen elements at once.
/// </summary>
static class ContributionEmitter
{
    public static CpuMethod Write(CpuBody body)
    {
        var channels = body.Vectorization == Vectorization.Channels;
        return channels ? Channels(body) : Elements(body);
    }

    static CpuMethod Elements(CpuBody body)
    {
        var writer = body.Writer;
        using (writer.Block("for (var item = begin; item < end; item++)"))
        {
            var coordinates = Coordinates.Declare(body, "item", onlyThese: false);
            writer.Line($"var sum = {body.Lanes}.Create(0f);");
            Sum(body, coordinates, withLanes: true);
            writer.Line($"\n{body.Pointer(body.First.Result)}[item] = {body.Lanes}.Sum(sum);");
        }

        return body.Finish(SizeMark.Of("items", body.First.Type.Count));
    }

    static CpuMethod Channels(CpuBody body)
    {
        var writer = body.Writer;
        using (writer.Block("for (var item = begin; item < end; item++)"))
        {
            var coordinates = Coordinates.Declare(body, "item", onlyThese: false);
            using (ItemLoop.Lanes(writer))
            {
                writer.Line("var sum = T.Create(0f);");
                Sum(body, coordinates, withLanes: false);
                writer.Line($"\nT.Store({body.Pointer(body.First.Result)} + item * {SampleBlock.Lanes} + lane, sum);");
            }
        }

        return body.Finish(SizeMark.Of("items", body.First.Type.Blocks));
    }

    static void Sum(CpuBody body, Dictionary<string, string> coordinates, bool withLanes)
    {
        using (body.Writer.Block("for (var block = 0; block < worker.Blocks; block++)"))
        {
            if (!withLanes || !body.HasLanes)
            {
                Add();
                return;
            }

            using (ItemLoop.Lanes(body.Writer))
            {
                Add();
            }
        }

        void Add()
        {
            var views = KernelViews.Open(body, body.First.Operands);
            body.Writer.Line($"sum += {views.Call(c => coordinates[c.Parameter], "item")};");
        }
    }
}
