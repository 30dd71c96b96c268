namespace NetDsl.Generators.Emit.Cpu.Channels;

/// <summary>Chains of scalar functions over values of samples that lie one after the other: one pass over the memory of each, whatever its order.</summary>
static class RunEmitter
{
    /// <summary>Floats to an item: enough to pay for its start, few enough to share.</summary>
    const int Chunk = 4096;

    public static CpuMethod Write(CpuBody body)
    {
        var count = SizeMark.Of("count", body.First.Type.MemoryCount);
        var writer = body.Writer;
        using (ItemLoop.Chunks(writer, count, Chunk))
        {
            var memory = BlockMemory.Open(body, body.Kernel.Nodes.SelectMany(static n => n.Operands));
            using (writer.Block("for (var i = first; i < last; i += T.Count)"))
            {
                body.BeginElement();
                body.WriteTail(value => memory.Element(value, "i"), "T", "i");
            }
        }

        return body.Finish(ItemLoop.Count(count, Chunk));
    }
}
