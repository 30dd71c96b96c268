namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Chains of scalar functions: one pass over the elements.</summary>
static class ElementwiseEmitter
{
    /// <summary>Elements to an item, each of sixteen samples: enough to pay for its start, few enough to share.</summary>
    const int Chunk = 256;

    /// <summary>The same for a chain so long that a few elements are work enough.</summary>
    const int LongChain = 4;
    const int LongChunk = 32;

    public static CpuMethod Write(CpuBody body) => body.First.Type.Batched ? Batched(body) : Uniform(body);

    static CpuMethod Batched(CpuBody body)
    {
        var chunk = body.Kernel.Nodes.Count < LongChain ? Chunk : LongChunk;
        var count = SizeMark.Of("count", body.First.Type.Count);
        var writer = body.Writer;
        using (ItemLoop.Chunks(writer, count, chunk))
        {
            using (ItemLoop.Lanes(writer))
            {
                var memory = BlockMemory.Open(body, body.Kernel.Nodes.SelectMany(static n => n.Operands));
                using (writer.Block("for (var i = first; i < last; i++)"))
                {
                    body.BeginElement();
                    body.WriteTail(value => memory.Element(value, "i"), "T", "i");
                }
            }
        }

        return body.Finish(ItemLoop.Count(count, chunk));
    }

    /// <summary>Values that exist once: their elements lie side by side, so a vector holds neighbours instead of samples.</summary>
    static CpuMethod Uniform(CpuBody body)
    {
        const int chunk = 4096;
        var count = body.First.Type.Count;
        var chunks = (count + chunk - 1) / chunk;
        var writer = body.Writer;
        using (writer.Block("for (var item = begin; item < end; item++)"))
        {
            if (!count.Is(1))
            {
                writer.Line(chunks.Is(1)
                    ? $"var i = 0;\nvar last = {SizeMark.Of("count", count)};"
                    : $"var i = item * {chunk};\nvar last = Math.Min(i + {chunk}, {SizeMark.Of("count", count)});");
                using (writer.Block("for (; i + T.Count <= last; i += T.Count)"))
                {
                    body.BeginElement();
                    body.WriteTail(value => $"{body.Pointer(value)} + i", "T", "i");
                }

                writer.Line();
                using (writer.Block("for (; i < last; i++)"))
                {
                    body.BeginElement();
                    body.WriteTail(value => $"{body.Pointer(value)} + i", "ScalarLane", "i");
                }
            }
            else
            {
                body.BeginElement();
                body.WriteTail(body.Pointer, "ScalarLane", "0");
            }
        }

        return body.Finish(SizeMark.Of("items", chunks));
    }
}
