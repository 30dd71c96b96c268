using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Gradients of weights as sums over the batch: one worker sums one element over all blocks, in order, then over the lanes.</summary>
static class ContributionEmitter
{
    public static CpuMethod Write(CpuBody body)
    {
        var node = body.First;
        var sizes = node.Type.Sizes;
        var axes = Enumerable.Repeat("0", sizes.Count).ToList();
        var writer = body.Writer;
        using (writer.Block("for (var item = begin; item < end; item++)"))
        {
            var stride = node.Type.Count;
            for (var axis = 0; axis < sizes.Count; axis++)
            {
                stride /= sizes[axis];
                var asked = node.Member.Arguments.FirstOrDefault(a => a.Kind == BindingKind.Coordinate && a.Axis == axis);
                if (asked is not null && sizes[axis] > 1)
                {
                    axes[axis] = body.Names.Add(asked.Parameter);
                    var quotient = stride == 1 ? "item" : $"item / {stride}";
                    writer.Line($"var {axes[axis]} = {quotient}{(axis > 0 ? $" % {sizes[axis]}" : "")};");
                }
            }

            writer.Line("var sum = T.Create(0f);");
            using (writer.Block("for (var block = 0; block < worker.Blocks; block++)"))
            using (ItemLoop.Lanes(writer))
            {
                var views = KernelViews.Open(body, node.Operands);
                writer.Line($"sum += {views.Call(axes, "item")};");
            }

            writer.Line($"\n{body.Pointer(node.Result)}[item] = T.Sum(sum);");
        }

        return body.Finish($"{node.Type.Count}");
    }
}
