using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Shapes;

/// <summary>What the names of a shape rule stand for at one use of the operator: arguments first, then the axes in the order in which they bind.</summary>
/// <param name="free">What must hold where sizes are free.</param>
sealed class Bindings(FreeSizes free)
{
    readonly Dictionary<string, Quantity> values = [];
    readonly Dictionary<string, EquatableArray<Size>> groups = [];
    readonly List<string> axes = [];

    public FreeSizes FreeSizes { get; } = free;

    /// <summary>Arguments, enum members and axes. A group is the product of its sizes.</summary>
    public IReadOnlyDictionary<string, Quantity> Values => values;

    /// <summary>The axes that have bound, with groups, in order.</summary>
    public IReadOnlyList<string> Axes => axes;

    public void AddArgument(string name, Quantity value) => values[name] = value;

    /// <summary>An argument that is a list of sizes; <c>*sizes</c> takes it as axes.</summary>
    public void AddArgument(string name, EquatableArray<Size> sizes) => AddSizes(name, sizes);

    public bool TryGetGroup(string name, out EquatableArray<Size> sizes) => groups.TryGetValue(name, out sizes);

    public Quantity Evaluate(Expression expression) => ExpressionEvaluator.Evaluate(expression, values);

    /// <summary>As <see cref="Evaluate(Expression)"/>, with one name more, for now.</summary>
    public Quantity Evaluate(Expression expression, string name, Quantity value)
    {
        values[name] = value;
        var result = Evaluate(expression);
        values.Remove(name);
        return result;
    }

    /// <summary>Binds an axis, or compares it with what it is bound to.</summary>
    /// <param name="message">What is wrong where they differ, as the text of an interpolated string.</param>
    public bool Bind(string axis, Size size, Func<string> message)
    {
        if (values.TryGetValue(axis, out var bound))
        {
            return bound.IsFree || size.IsFree ? FreeSizes.AreEqual(bound.Size, size, message) : bound.Value == size.Value;
        }

        values[axis] = size;
        axes.Add(axis);
        return true;
    }

    /// <summary>As <see cref="Bind(string, Size, Func{string})"/>, for a group of axes.</summary>
    public bool Bind(string group, EquatableArray<Size> sizes, Func<string> message)
    {
        if (groups.TryGetValue(group, out var bound))
        {
            return bound.Count == sizes.Count && bound.Zip(sizes, (a, b) => FreeSizes.AreEqual(a, b, message)).All(static equal => equal);
        }

        AddSizes(group, sizes);
        axes.Add(group);
        return true;
    }

    void AddSizes(string name, EquatableArray<Size> sizes)
    {
        groups[name] = sizes;
        values[name] = Size.Product(sizes);
    }
}
