using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Shapes;

/// <summary>What the names of a shape rule stand for at one use of the operator: arguments first, then the axes in the order in which they bind.</summary>
sealed class Bindings
{
    readonly Dictionary<string, double> values = [];
    readonly Dictionary<string, EquatableArray<int>> groups = [];
    readonly List<string> axes = [];

    /// <summary>Arguments, enum members and axes. A group is the product of its sizes.</summary>
    public IReadOnlyDictionary<string, double> Values => values;

    /// <summary>The axes that have bound, with groups, in order.</summary>
    public IReadOnlyList<string> Axes => axes;

    public void AddArgument(string name, double value) => values[name] = value;

    /// <summary>An argument that is a list of sizes; <c>*sizes</c> takes it as axes.</summary>
    public void AddArgument(string name, EquatableArray<int> sizes) => AddSizes(name, sizes);

    public bool TryGetGroup(string name, out EquatableArray<int> sizes) => groups.TryGetValue(name, out sizes);

    public double Evaluate(Expression expression) => ExpressionEvaluator.Evaluate(expression, values);

    /// <summary>As <see cref="Evaluate(Expression)"/>, with one name more, for now.</summary>
    public double Evaluate(Expression expression, string name, double value)
    {
        values[name] = value;
        var result = Evaluate(expression);
        values.Remove(name);
        return result;
    }

    /// <summary>Binds an axis, or compares it with what it is bound to.</summary>
    public bool Bind(string axis, int size)
    {
        if (values.TryGetValue(axis, out var bound))
        {
            return bound == size;
        }

        values[axis] = size;
        axes.Add(axis);
        return true;
    }

    /// <summary>As <see cref="Bind(string, int)"/>, for a group of axes.</summary>
    public bool Bind(string group, EquatableArray<int> sizes)
    {
        if (groups.TryGetValue(group, out var bound))
        {
            return bound == sizes;
        }

        AddSizes(group, sizes);
        axes.Add(group);
        return true;
    }

    void AddSizes(string name, EquatableArray<int> sizes)
    {
        groups[name] = sizes;
        values[name] = sizes.Aggregate(1.0, static (product, size) => product * size);
    }
}
