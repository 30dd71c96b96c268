namespace NetDsl.Generators.Frontend;

/// <summary>An array, list, span or any other sequence: evaluated where it is written, compared by identity, as in C#.</summary>
sealed class ArrayValue(List<object?> items)
{
    public ArrayValue(IEnumerable<object?> items)
        : this(items.ToList())
    {
    }

    public List<object?> Items { get; } = items;
}
