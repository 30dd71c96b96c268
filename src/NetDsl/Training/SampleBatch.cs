using NetDsl.Runtime;

namespace NetDsl.Training;

/// <summary>Memory for some samples: one row-major buffer for each field, sample after sample. Made once and filled again and again.</summary>
public sealed class SampleBatch
{
    readonly float[]?[] values;
    readonly int[]?[] labels;
    int count;

    /// <summary>Reserves room for <paramref name="capacity"/> samples with <paramref name="fields"/>.</summary>
    public SampleBatch(IReadOnlyList<InputDefinition> fields, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        (Fields, Capacity, count) = (fields, capacity, capacity);
        values = [.. fields.Select(field => field.IsLabels ? null : new float[checked(capacity * field.Count)])];
        labels = [.. fields.Select(field => field.IsLabels ? new int[checked(capacity * field.Count)] : null)];
    }

    /// <summary>What a sample consists of.</summary>
    public IReadOnlyList<InputDefinition> Fields { get; }

    /// <summary>The most samples it can hold.</summary>
    public int Capacity { get; }

    /// <summary>The samples it holds, or is to be filled with.</summary>
    public int Count
    {
        get => count;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Capacity);
            count = value;
        }
    }

    /// <summary>The numbers of a field of <see cref="Count"/> samples.</summary>
    public Span<float> Values(int field) =>
        (values[field] ?? throw new ArgumentException($"Field '{Fields[field].Name}' holds labels; read them with Labels.", nameof(field)))
            .AsSpan(0, count * Fields[field].Count);

    /// <summary>The class indices of a field of <see cref="Count"/> samples.</summary>
    public Span<int> Labels(int field) =>
        (labels[field] ?? throw new ArgumentException($"Field '{Fields[field].Name}' holds numbers, not labels; read them with Values.", nameof(field)))
            .AsSpan(0, count * Fields[field].Count);
}
