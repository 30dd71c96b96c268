namespace NetDsl.Runtime;

/// <summary>Loss and metrics of a program, as the last run left them.</summary>
sealed class ScalarSet
{
    readonly string[] names;
    readonly BufferDefinition[] buffers;
    readonly float[] values;

    public ScalarSet(ProgramDefinition program)
    {
        names = [.. program.Scalars];
        buffers = [.. names.Select(program.Buffer)];
        values = new float[names.Length];
    }

    /// <summary>The loss.</summary>
    public float First => values[0];

    public void Read(Execution execution)
    {
        for (var i = 0; i < buffers.Length; i++)
        {
            execution.Read(buffers[i], 1, values.AsSpan(i, 1));
        }
    }

    public float this[string name] => Array.IndexOf(names, name) is >= 0 and var index
        ? values[index]
        : throw new ArgumentException($"The last run computed no scalar '{name}'; {(names.Length == 0 ? "it computes none" : $"there are {string.Join(", ", names)}")}.", nameof(name));
}
