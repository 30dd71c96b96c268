namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Gradients of weights as sums over the batch: one worker sums one element over all blocks, in order, then over the lanes.</summary>
static class ContributionEmitter
{
    public static CpuMethod Write(CpuBody body)
    {
        var node = body.First;
        var writer = body.Writer;
        using (writer.Block("for (var item = begin; item < end; item++)"))
        {
            var coordinates = Coordinates.Declare(body, "item", onlyThese: false);
            writer.Line("var sum = T.Create(0f);");
            using (writer.Block("for (var block = 0; block < worker.Blocks; block++)"))
            using (ItemLoop.Lanes(writer))
            {
                var views = KernelViews.Open(body, node.Operands);
                writer.Line($"sum += {views.Call(c => coordinates[c.Parameter], "item")};");
            }

            writer.Line($"\n{body.Pointer(node.Result)}[item] = T.Sum(sum);");
        }

        return body.Finish($"{node.Type.Count}");
    }
}
