namespace NetDsl.Generators.Emit.Cpu;

/// <summary>The loops around every kernel of batched values: a worker's items, and the lanes of a block where a vector holds fewer than all.</summary>
static class ItemLoop
{
    /// <summary>Opens <c>for (item …)</c> and decodes the block, and what is left of the item into <paramref name="rest"/>.</summary>
    public static SourceWriter.Scope Items(SourceWriter writer, long itemsPerBlock, string rest)
    {
        var scope = writer.Block("for (var item = begin; item < end; item++)");
        writer.Line(itemsPerBlock == 1 ? "var block = item;" : $"var block = item / {itemsPerBlock};\nvar {rest} = item % {itemsPerBlock};");
        return scope;
    }

    public static SourceWriter.Scope Lanes(SourceWriter writer) =>
        writer.Block($"for (var lane = 0; lane < {SampleBlock.Lanes}; lane += T.Count)");

    /// <summary>C# for the number of items.</summary>
    public static string Count(long itemsPerBlock) => itemsPerBlock == 1 ? "worker.Blocks" : $"worker.Blocks * {itemsPerBlock}";
}
