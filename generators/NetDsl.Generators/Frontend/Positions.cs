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

    /// <summary>From a tensor to one that it is computed from.</summary>
    sealed record Link(int Operand, PositionMap[] Axes);

    /// <summary>Notes a tensor and how it lies in its operands.</summary>
    public void Made(TensorValue value, OperatorDefinition definition, Bindings bindings, List<(Operand Operand, TensorValue Value)> operands)
    {
        if (value.Type is not { Batched: true, Sizes.Count: > 1 })
        {
            return;
        }

        var start = 0;
        foreach (var (operand, source) in operands)
        {
            if (source.Type.Batched && source.Type.Sizes.Count == value.Type.Sizes.Count && Maps(definition, bindings, operand, source.Type, value.Type, start) is { } axes)
            {
                if (!links.TryGetValue(value.Id, out var known))
                {
                    links.Add(value.Id, known = []);
                }

                known.Add(new(source.Id, axes));
            }

            start += definition.Spec.Movement == MovementKind.Concat ? source.Type.Sizes[(int)bindings.Values["axis"] - 1] : 0;
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
            if (ancestors.TryGetValue(value, out var others))
            {
                return [.. axes.Zip(others, static (axis, other) => axis.Then(other.Inverse))];
            }
        }

        return null;
    }

    /// <summary>What a tensor is computed from and lies in, itself first, the nearest ones before others.</summary>
    IEnumerable<(int Value, PositionMap[] Axes)> Ancestors(TensorValue tensor)
    {
        var seen = new HashSet<int> { tensor.Id };
        var open = new Queue<(int Value, PositionMap[] Axes)>();
        open.Enqueue((tensor.Id, [.. Enumerable.Repeat(PositionMap.Same, tensor.Type.Sizes.Count - 1)]));
        while (open.Count > 0)
        {
            var (value, axes) = open.Dequeue();
            yield return (value, axes);
            if (links.TryGetValue(value, out var next))
            {
                foreach (var link in next.Where(l => seen.Add(l.Operand)))
                {
                    open.Enqueue((link.Operand, [.. axes.Zip(link.Axes, static (axis, step) => axis.Then(step))]));
                }
            }
        }
    }

    /// <summary>How the result lies in one operand; null where the operator does not say.</summary>
    /// <param name="start">Where the operand begins in a concatenation.</param>
    static PositionMap[]? Maps(OperatorDefinition definition, Bindings bindings, Operand operand, TensorType source, TensorType result, int start)
    {
        var axes = Enumerable.Repeat(PositionMap.Same, result.Sizes.Count).ToArray();
        switch (definition.Spec.Movement)
        {
            case MovementKind.Reshape:
                return null;
            case MovementKind.Slice:
                axes[(int)bindings.Values["axis"] - 1] = new(1, bindings.Values["start"]);
                break;
            case MovementKind.Concat:
                axes[(int)bindings.Values["axis"] - 1] = new(1, -start);
                break;
            case MovementKind.None when definition.Signature is { } signature:
                var names = Names(signature.Output, result);
                var sources = Names(definition.Pattern(operand.Name)!, source);
                for (var i = 1; i < axes.Length; i++)
                {
                    if (Between(definition.Positions, bindings, sources[i], names[i]) is not { } axis)
                    {
                        return null;
                    }

                    axes[i] = axis;
                }

                break;
        }

        return [.. axes.Skip(1)];
    }

    static PositionMap? Between(EquatableArray<PositionRule> rules, Bindings bindings, string source, string result) =>
        source == result && source.Length > 0 ? PositionMap.Same
        : rules.FirstOrDefault(r => r.Axis == source && r.Other == result) is { } rule ? rule.At(bindings)
        : rules.FirstOrDefault(r => r.Axis == result && r.Other == source) is { } reverse ? reverse.At(bindings).Inverse
        : null;

    /// <summary>A name for each axis; those that a group stands for have the group's, and a number.</summary>
    static List<string> Names(ShapePattern pattern, TensorType type) => pattern.Axes
        .SelectMany(a => a.IsGroup ? Enumerable.Range(0, type.Sizes.Count - pattern.Axes.Count + 1).Select(i => $"*{a.Name}{i}") : [a.Name])
        .ToList();
}
