using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Frontend;

/// <summary>A tuple. The names of its elements belong to its static type.</summary>
sealed record TupleValue(EquatableArray<object?> Items)
{
    public static TupleValue Of(IEnumerable<object?> items) => new(items.ToEquatableArray());
}
