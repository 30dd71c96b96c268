using NetDsl.Generators.Ir;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Frontend;

/// <summary>
/// Where tensors lie in those that they are computed from: on every axis behind the channels, by the equations that operators declare. Caffe works the same out from its layers
/// (pycaffe's <c>coord_map.py</c>), to crop a tensor to where another one lies.
/// </summary>
sealed class Positions
{
    readonly Dictionary<int, List<Link>> links = [];

    /// <summary>Where the elements along an axis lie: on which axis behind the channels of another tensor, −1 for one of a single element that it does not have, and where on it.</summary>
    readonly record struct Place(int Axis, PositionMap Map);

    /// <summary>From a tensor to one that it is computed from.</summary>
    sealed record Link(int Operand, Place[] Axes);

    /// <summary>Notes a tensor and how it lies in its operands.</summary>
    public void Made(TensorValue value, OperatorDefinition definition, Bindings bindings, List<(Operand Operand, TensorValue Value)> operands)
    {
        if (value.Type is not { Batched: true, Sizes.Count: > 1 })
        {
            return;
        }

        var start = (Size)0;
        foreach (var (operand, source) in operands)
        {
            if (source.Type is { Batched: true, Sizes.Count: > 1 } && Places(definition, bindings, operand, source.Type, value.Type, start) is { } axes)
            {
                if (!links.TryGetValue(value.Id, out var known))
                {
                    links.Add(value.Id, known = []);
                }

                known.Add(new(source.Id, axes));
            }

            start += definition.Spec.Movement == MovementKind.Concat ? source.Type.Sizes[(int)bindings.Values["axis"].Value - 1] : 0;
        }
    }

    /// <summary>
    /// How the elements of one tensor lie in another, on each axis behind the channels, through the nearest tensor that both are computed from; null if there is none that both lie in. Where
    /// several ways lead there, the shortest counts, and of those the one through the first operands.
    /// </summary>
    public PositionMap[]? Map(TensorValue from, TensorValue to)
    {
        var ancestors = Ancestors(to).ToDictionary(static a => a.Value, static a => a.Axes);
        foreach (var (value, axes) in Ancestors(from))
        {
            if (ancestors.TryGetValue(value, out var others) && axes.Zip(others, static (axis, other) => axis.Axis == other.Axis).All(static same => same))
            {
                return [.. axes.Zip(others, static (axis, other) => axis.Map.Then(other.Map.Inverse))];
            }
        }

        return null;
    }

    /// <summary>What a tensor is computed from and lies in, itself first, the nearest ones before others.</summary>
    IEnumerable<(int Value, Place[] Axes)> Ancestors(TensorValue tensor)
    {
        var seen = new HashSet<int> { tensor.Id };
        var open = new Queue<(int Value, Place[] Axes)>();
        open.Enqueue((tensor.Id, Unmoved(tensor.Type)));
        while (open.Count > 0)
        {
            var (value, axes) = open.Dequeue();
            yield return (value, axes);
            if (links.TryGetValue(value, out var next))
            {
                foreach (var link in next.Where(l => seen.Add(l.Operand)))
                {
                    open.Enqueue((link.Operand, [.. axes.Select(a => a.Axis < 0 ? a : new Place(link.Axes[a.Axis].Axis, a.Map.Then(link.Axes[a.Axis].Map)))]));
                }
            }
        }
    }

    /// <summary>How the result lies in one operand; null where the operator does not say.</summary>
    /// <param name="start">Where the operand begins in a concatenation.</param>
    static Place[]? Places(OperatorDefinition definition, Bindings bindings, Operand operand, TensorType source, TensorType result, Size start)
    {
        if (definition.Spec.Movement == MovementKind.Reshape)
        {
            return Reshaped(source, result);
        }

        if (source.Sizes.Count != result.Sizes.Count)
        {
            return null;
        }

        var axes = Unmoved(result);
        var moved = definition.Spec.Movement == MovementKind.None ? -1 : (int)bindings.Values["axis"].Value - 2;
        if (moved >= 0)
        {
            var shift = definition.Spec.Movement == MovementKind.Slice ? bindings.Values["start"].Size : -1 * start;
            if (shift.IsFree)
            {
                return null;
            }

            axes[moved] = new(moved, new(1, shift.Value));
        }
        else if (definition.Signature is { } signature)
        {
            var (names, sources) = (Names(signature.Output, result), Names(definition.Pattern(operand.Name)!, source));
            for (var i = 0; i < axes.Length; i++)
            {
                if (Between(definition.Positions, bindings, sources[i + 1], names[i + 1]) is not { } map)
                {
                    return null;
                }

                axes[i] = new(i, map);
            }
        }

        return axes;
    }

    /// <summary>A reshape that adds or drops axes of one element moves nothing: so a signal becomes an image with one row.</summary>
    static Place[]? Reshaped(TensorType source, TensorType result)
    {
        static List<int> Long(TensorType type) => [.. Enumerable.Range(0, type.Sizes.Count - 1).Where(i => !type.Sizes[i + 1].Is(1))];
        var (from, to) = (Long(result), Long(source));
        return source.Sizes[0] == result.Sizes[0] && from.Select(i => result.Sizes[i + 1]).SequenceEqual(to.Select(i => source.Sizes[i + 1]))
            ? [.. Unmoved(result).Select(a => from.IndexOf(a.Axis) is var k and >= 0 ? a with { Axis = to[k] } : a with { Axis = -1 })]
            : null;
    }

    static Place[] Unmoved(TensorType type) => [.. Enumerable.Range(0, type.Sizes.Count - 1).Select(static i => new Place(i, PositionMap.Same))];

    static PositionMap? Between(EquatableArray<PositionRule> rules, Bindings bindings, string source, string result) =>
        source == result && source.Length > 0 ? PositionMap.Same
        : rules.FirstOrDefault(r => r.Axis == source && r.Other == result) is { } rule ? rule.At(bindings)
        : rules.FirstOrDefault(r => r.Axis == result && r.Other == source) is { } reverse ? reverse.At(bindings)?.Inverse
        : null;

    /// <summary>A name for each axis; those that a group stands for have the group's, and a number.</summary>
    static List<string> Names(ShapePattern pattern, TensorType type) => pattern.Axes
        .SelectMany(a => a.IsGroup ? Enumerable.Range(0, type.Sizes.Count - pattern.Axes.Count + 1).Select(i => $"*{a.Name}{i}") : [a.Name])
        .ToList();
}
