using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>The loops around every kernel of batched values: a worker's items, and the lanes of a block where a vector holds fewer than all.</summary>
static class ItemLoop
{
    /// <summary>Positions to an item, where lanes are positions.</summary>
    const int ChunkPositions = 1024;

    /// <summary>Opens <c>for (item …)</c> and decodes the block, and what is left of the item into <paramref name="rest"/>.</summary>
    public static SourceWriter.Scope Items(SourceWriter writer, Size itemsPerBlock, string rest)
    {
        var scope = writer.Block("for (var item = begin; item < end; item++)");
        writer.Line(itemsPerBlock.Is(1) ? "var block = item;" : $"var block = item / {SizeMark.Of("items", itemsPerBlock)};\nvar {rest} = item % {SizeMark.Of("items", itemsPerBlock)};");
        return scope;
    }

    /// <summary>Opens a loop over chunks of <paramref name="count"/> elements: <c>first</c> … <c>last</c> of <c>block</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="count">C# for the number of elements.</param>
    /// <param name="chunk">Elements to a chunk.</param>
    public static SourceWriter.Scope Chunks(SourceWriter writer, string count, int chunk)
    {
        writer.Line($"var chunks = {ChunkCount(count, chunk)};");
        var scope = writer.Block("for (var item = begin; item < end; item++)");
        writer.Line($"var block = item / chunks;\nvar first = item % chunks * {chunk};\nvar last = Math.Min(first + {chunk}, {count});");
        return scope;
    }

    /// <summary>C# for the number of items of <see cref="Chunks(SourceWriter, string, int)"/>.</summary>
    public static string Count(string count, int chunk) => $"worker.Blocks * ({ChunkCount(count, chunk)})";

    static string ChunkCount(string count, int chunk) => $"({count} + {chunk - 1}) / {chunk}";

    public static SourceWriter.Scope Lanes(SourceWriter writer) =>
        writer.Block($"for (var lane = 0; lane < {SampleBlock.Lanes}; lane += T.Count)");

    /// <summary>The lanes, where a block has them.</summary>
    public static IDisposable Lanes(CpuBody body) => body.HasLanes ? Lanes(body.Writer) : NoScope.Instance;

    /// <summary>Items that <paramref name="positions"/> are cut into; none has fewer than a vector's lanes.</summary>
    public static Size Chunks(Size positions) => Size.Max(1, positions / ChunkPositions);

    /// <summary>
    /// Opens the loop over the positions of an item, a vector at a time; the last one moves back so as not to reach behind them, and computes some again.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The coordinate.</param>
    /// <param name="positions">All positions.</param>
    /// <param name="chunk">C# for the number of the item.</param>
    public static SourceWriter.Scope Positions(SourceWriter writer, string name, Size positions, string chunk)
    {
        var (first, last) = ("0", SizeMark.Of("places", positions));
        if (!Chunks(positions).Is(1))
        {
            writer.Line($"var first = {chunk} * {ChunkPositions};\nvar last = {chunk} == {SizeMark.Of("lastChunk", Chunks(positions) - 1)} ? {last} : first + {ChunkPositions};");
            (first, last) = ("first", "last");
        }

        var scope = writer.Block($"for (var next = {first}; next < {last}; next += T.Count)");
        writer.Line($"var {name} = Math.Min(next, {last} - T.Count);");
        return scope;
    }

    /// <summary>C# for the number of items.</summary>
    public static string Count(Size itemsPerBlock) => itemsPerBlock.Is(1) ? "worker.Blocks" : $"worker.Blocks * {SizeMark.Of("items", itemsPerBlock)}";

    /// <summary>Closes nothing.</summary>
    sealed class NoScope : IDisposable
    {
        public static readonly NoScope Instance = new();

        public void Dispose()
        {
        }
    }
}
