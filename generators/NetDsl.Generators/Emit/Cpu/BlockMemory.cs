namespace NetDsl.Generators.Emit.Cpu;

/// <summary>The pointers of a kernel at the current block and lane, as local variables.</summary>
sealed class BlockMemory
{
    readonly CpuBody body;
    readonly Dictionary<int, string> locals = [];
    readonly List<int> values = [];

    BlockMemory(CpuBody body) => this.body = body;

    /// <summary>Declares a local for each value, and for each result that is kept.</summary>
    public static BlockMemory Open(CpuBody body, IEnumerable<int> operands)
    {
        var memory = new BlockMemory(body);
        var made = new HashSet<int>(body.Kernel.Nodes.Select(static n => n.Result));
        foreach (var value in operands.Where(o => o >= 0 && !made.Contains(o)).Concat(body.Kernel.Stores).Distinct())
        {
            memory.Local(value);
        }

        return memory;
    }

    /// <summary>The values of the block, in the order in which they were declared.</summary>
    public IEnumerable<int> Values => values;

    /// <summary>C# for where element <paramref name="index"/> of a value lies.</summary>
    public string Element(int value, string index) =>
        body.IsBatched(value) && body.HasLanes ? $"{Local(value)} + (({index}) * {SampleBlock.Lanes})" : $"{Local(value)} + ({index})";

    string Local(int value)
    {
        if (!locals.TryGetValue(value, out var name))
        {
            if (!body.IsBatched(value))
            {
                return locals[value] = body.Pointer(value);
            }

            values.Add(value);
            locals[value] = name = body.Names.Add($"{body.Pointer(value)} lanes");
            body.Writer.Line($"var {name} = {body.AtBlock(value)};");
        }

        return name;
    }
}
