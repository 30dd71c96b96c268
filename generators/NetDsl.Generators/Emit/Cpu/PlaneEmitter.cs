using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Operators that write a part of their result through a view: one call for each value of their coordinates.</summary>
static class PlaneEmitter
{
    public static CpuMethod Write(CpuBody body)
    {
        var node = body.First;
        if (body.ReachesBeyondBatch)
        {
            throw new InvalidOperationException($"Kernel {body.Kernel.Name} writes planes from sums over the batch; such a gradient must return its elements.");
        }

        var coordinates = Coordinates.Of(node);
        var along = body.Vectorization == Vectorization.Positions;
        var positions = along ? Coordinates.Size(body.Rest, node.Type.Sizes) : 0;
        var chunks = along ? ItemLoop.Chunks(positions) : 1;
        var items = chunks * Size.Product(coordinates.Where(c => !along || !c.Rest).Select(c => Coordinates.Size(c, body)));
        var writer = body.Writer;
        using (ItemLoop.Items(writer, items, "rest"))
        {
            var texts = Coordinates.Declare(body, chunks.Is(1) ? "rest" : $"rest / {SizeMark.Of("chunks", chunks)}", onlyThese: true);
            using (ItemLoop.Lanes(body))
            {
                var views = KernelViews.Open(body, node.Operands.Append(node.Result));
                if (!along)
                {
                    writer.Line($"{views.Call(c => texts[c.Parameter], "0")};");
                }
                else
                {
                    texts[body.Rest.Parameter] = body.Names.Add(body.Rest.Parameter);
                    using (ItemLoop.Positions(writer, texts[body.Rest.Parameter], positions, coordinates.Count == 1 ? "rest" : $"rest % {SizeMark.Of("chunks", chunks)}"))
                    {
                        writer.Line($"{views.Call(c => texts[c.Parameter], "0")};");
                    }
                }
            }
        }

        return body.Finish(ItemLoop.Count(items));
    }
}
