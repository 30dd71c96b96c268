namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Operators that write a part of their result through a view: one call for each value of their coordinates.</summary>
static class PlaneEmitter
{
    public static CpuMethod Write(CpuBody body)
    {
        var node = body.First;
        var items = Coordinates.Of(node).Aggregate(1L, (product, c) => product * Coordinates.Size(c, node.Type.Sizes));
        var writer = body.Writer;
        using (ItemLoop.Items(writer, items, "rest"))
        {
            var coordinates = Coordinates.Declare(body, "rest", onlyThese: true);
            using (ItemLoop.Lanes(writer))
            {
                var views = KernelViews.Open(body, node.Operands.Append(node.Result));
                writer.Line($"{views.Call(c => coordinates[c.Parameter], "0")};");
            }
        }

        return body.Finish(ItemLoop.Count(items));
    }
}
