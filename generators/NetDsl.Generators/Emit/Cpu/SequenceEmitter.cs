namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// Operators that walk along a sequence: the method computes one step, and the schedule calls it for one step after the other. The blocks are the inner
/// index of the items, so that the weights of a run of units serve all of them while they are in the cache.
/// </summary>
static class SequenceEmitter
{
    public static CpuMethod Write(CpuBody body)
    {
        var node = body.First;
        var step = node.Member.Step!;
        var steps = node.Type.Sizes[step.Axis];
        var runs = CoordinateRun.Of(node);
        var writer = body.Writer;
        body.Names.Add(step.Parameter);
        using (writer.Block("for (var item = begin; item < end; item++)"))
        {
            writer.Line("var block = item % worker.Blocks;");
            runs?.Declare(body, "item / worker.Blocks");
            using (ItemLoop.Lanes(body))
            {
                var views = KernelViews.Open(body, node.Operands.Append(node.Result));
                writer.Line($"{views.Call(argument => runs!.Text(argument), "0", step.Parameter)};");
            }
        }

        return body.Finish(ItemLoop.Count(runs?.Count ?? 1)) with { Sequence = new(step.Parameter, steps, Reversed: !node.Member.IsForward) };
    }
}
