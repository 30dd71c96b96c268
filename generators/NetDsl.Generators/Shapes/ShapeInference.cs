using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Shapes;

/// <summary>A tensor that an operator is given: the operand's name and the type it has at this use.</summary>
readonly record struct TypedOperand(string Name, TensorType Type);

/// <summary>Applies shape rules. Problems are phrases that complete "… does not fit its input [N, 10]: ".</summary>
static class ShapeInference
{
    /// <summary>Binds the rule's input axes to the operands' sizes. Returns the problem, or null.</summary>
    public static string? Bind(Signature signature, IReadOnlyList<TypedOperand> operands, Bindings bindings)
    {
        for (var i = 0; i < operands.Count; i++)
        {
            if (Bind(signature.Inputs[i], operands[i], bindings, operands.Count > 1) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>The type of the result, or of a weight. Its named axes bind too, so that kernels can ask for their sizes.</summary>
    public static TensorType Infer(ShapePattern pattern, Bindings bindings, out string? problem)
    {
        problem = null;
        List<Size> sizes = [];
        foreach (var axis in pattern.Axes)
        {
            if (axis.IsGroup)
            {
                if (!bindings.TryGetGroup(axis.Name, out var group))
                {
                    throw new ShapeException($"'*{axis.Name}' is neither an input's axes nor an argument");
                }

                sizes.AddRange(group);
                problem ??= group.Any(static s => s.Value <= 0) ? $"its result would have a size of {group.Min(static s => s.Value)}" : null;
                continue;
            }

            var quantity = bindings.Evaluate(axis.Size ?? Expression.Name(axis.Name));
            var size = Sized(quantity, axis, pattern, bindings, ref problem);
            sizes.Add(size);
            if (axis.Size is not null && axis.Name.Length > 0)
            {
                bindings.Bind(axis.Name, size, static () => "");
            }
        }

        return new(pattern.Batched, sizes.ToEquatableArray());
    }

    /// <summary>The size of an axis; 1 where it has none. A free one must have one in every instance.</summary>
    static Size Sized(Quantity quantity, Axis axis, ShapePattern pattern, Bindings bindings, ref string? problem)
    {
        var name = axis.Name.Length > 0 ? $"axis {axis.Name}" : "an axis";
        if (quantity.Value is < 1 or > int.MaxValue || !quantity.IsWhole)
        {
            problem ??= $"{name} of {pattern} would have size {quantity}";
            return 1;
        }

        return bindings.FreeSizes.Named(quantity.Size, $"{name} of {pattern}");
    }

    static string? Bind(ShapePattern pattern, TypedOperand operand, Bindings bindings, bool several)
    {
        var sizes = operand.Type.Sizes;
        var which = several ? $"{operand.Name} " : "it ";
        var groupSize = sizes.Count - (pattern.Axes.Count - 1);
        if (pattern.Batched != operand.Type.Batched || (pattern.Group is null ? sizes.Count != pattern.Axes.Count : groupSize < 0))
        {
            return several ? $"{operand.Name} is {operand.Type} but must be {pattern}" : $"it takes {pattern}";
        }

        var at = 0;
        foreach (var axis in pattern.Axes)
        {
            if (axis.IsGroup)
            {
                var group = sizes.Skip(at).Take(groupSize).ToEquatableArray();
                if (!bindings.Bind(axis.Name, group, () => $"{which}has {Holes(group)} where {axis.Name} is {Holes(Group(bindings, axis.Name))}"))
                {
                    return $"{which}has {Text(group)} where {axis.Name} is {Text(Group(bindings, axis.Name))}";
                }

                at += groupSize;
                continue;
            }

            var size = sizes[at++];
            if (axis.Name.Length > 0 && !bindings.Bind(axis.Name, size, () => $"{which}has {axis.Name} = {FreeSizes.Hole(size)} where {bindings.Values[axis.Name].Hole} is expected"))
            {
                return $"{which}has {axis.Name} = {size.Value} where {bindings.Values[axis.Name]} is expected";
            }

            if (axis.Size is not null && bindings.Evaluate(axis.Size) is var expected && !IsExpected(expected, size, bindings, which))
            {
                return $"{which}has size {size.Value} where {expected} is expected";
            }
        }

        return null;
    }

    static bool IsExpected(Quantity expected, Size size, Bindings bindings, string which) => expected.IsFree || size.IsFree
        ? bindings.FreeSizes.AreEqual(expected.Size, size, () => $"{which}has size {FreeSizes.Hole(size)} where {expected.Hole} is expected")
        : expected.Value == size.Value;

    static EquatableArray<Size> Group(Bindings bindings, string name)
    {
        bindings.TryGetGroup(name, out var sizes);
        return sizes;
    }

    static string Text(EquatableArray<Size> sizes) => $"({string.Join(", ", sizes.Select(static s => s.Value))})";

    static string Holes(EquatableArray<Size> sizes) => $"({string.Join(", ", sizes.Select(FreeSizes.Hole))})";
}
