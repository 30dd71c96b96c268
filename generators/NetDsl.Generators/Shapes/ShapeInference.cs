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
        List<int> sizes = [];
        foreach (var axis in pattern.Axes)
        {
            if (axis.IsGroup)
            {
                if (!bindings.TryGetGroup(axis.Name, out var group))
                {
                    throw new ShapeException($"'*{axis.Name}' is neither an input's axes nor an argument");
                }

                sizes.AddRange(group);
                problem ??= group.Any(static s => s <= 0) ? $"its result would have a size of {group.Min()}" : null;
                continue;
            }

            var size = bindings.Evaluate(axis.Size ?? Expression.Name(axis.Name));
            if (size is < 1 or > int.MaxValue || Math.Floor(size) != size)
            {
                var name = axis.Name.Length > 0 ? $"axis {axis.Name}" : "an axis";
                problem ??= $"{name} of {pattern} would have size {ExpressionEvaluator.Format(size)}";
                size = 1;
            }

            sizes.Add((int)size);
            if (axis.Size is not null && axis.Name.Length > 0)
            {
                bindings.Bind(axis.Name, (int)size);
            }
        }

        return new(pattern.Batched, sizes.ToEquatableArray());
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
                if (!bindings.Bind(axis.Name, group))
                {
                    bindings.TryGetGroup(axis.Name, out var bound);
                    return $"{which}has ({string.Join(", ", group)}) where {axis.Name} is ({string.Join(", ", bound)})";
                }

                at += groupSize;
                continue;
            }

            var size = sizes[at++];
            if (axis.Name.Length > 0 && !bindings.Bind(axis.Name, size))
            {
                return $"{which}has {axis.Name} = {size} where {ExpressionEvaluator.Format(bindings.Values[axis.Name])} is expected";
            }

            if (axis.Size is not null && bindings.Evaluate(axis.Size) is var expected && expected != size)
            {
                return $"{which}has size {size} where {ExpressionEvaluator.Format(expected)} is expected";
            }
        }

        return null;
    }
}
