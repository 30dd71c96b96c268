using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Operators that write a part of their result through a view: one call for each value of their coordinates.</summary>
static class PlaneEmitter
{
    public static CpuMethod Write(CpuBody body)
    {
        var node = body.First;
        var sizes = node.Type.Sizes;
        var axes = Enumerable.Repeat("0", sizes.Count).ToList();
        var asked = node.Member.Arguments.Where(static a => a.Kind == BindingKind.Coordinate && a.Axis >= 0).OrderBy(static a => a.Axis).ToList();
        var items = asked.Aggregate(1L, (product, a) => product * sizes[a.Axis]);
        var writer = body.Writer;
        using (ItemLoop.Items(writer, items, "rest"))
        {
            var stride = items;
            foreach (var argument in asked)
            {
                stride /= sizes[argument.Axis];
                if (sizes[argument.Axis] > 1)
                {
                    axes[argument.Axis] = body.Names.Add(argument.Parameter);
                    var quotient = stride == 1 ? "rest" : $"rest / {stride}";
                    writer.Line($"var {axes[argument.Axis]} = {quotient}{(stride * sizes[argument.Axis] < items ? $" % {sizes[argument.Axis]}" : "")};");
                }
            }

            using (ItemLoop.Lanes(writer))
            {
                var views = KernelViews.Open(body, node.Operands.Append(node.Result));
                writer.Line($"{views.Call(axes, "0")};");
            }
        }

        return body.Finish(ItemLoop.Count(items));
    }
}
