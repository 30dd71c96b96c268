using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Shapes;

/// <summary>The shape rules of operators that only move data. Users count axes with the batch as axis 0, the IR without it.</summary>
static class MovementRules
{
    /// <summary>Infers the result of a movement, and the constants its node carries. Returns the problem, or null.</summary>
    public static string? Infer(MovementKind kind, IReadOnlyList<TypedOperand> operands, Bindings bindings, out TensorType type, out EquatableArray<Constant> constants)
    {
        type = operands.Count > 0 ? operands[0].Type : TensorType.Uniform();
        constants = [];
        if (kind == MovementKind.Reshape)
        {
            return Reshape(ref type, bindings);
        }

        if (operands.Count == 0)
        {
            return "it takes at least one tensor";
        }

        var rank = type.Sizes.Count + (type.Batched ? 1 : 0);
        var axis = (int)bindings.Values["axis"] - (type.Batched ? 1 : 0);
        if (axis < 0 || axis >= type.Sizes.Count)
        {
            return $"axis {axis + (type.Batched ? 1 : 0)} is not one of the axes {(type.Batched ? 1 : 0)} … {rank - 1}";
        }

        return kind == MovementKind.Slice
            ? Slice(ref type, axis, (int)bindings.Values["start"], (int)bindings.Values["length"], out constants)
            : Concat(ref type, axis, operands, out constants);
    }

    static string? Slice(ref TensorType type, int axis, int start, int length, out EquatableArray<Constant> constants)
    {
        var size = type.Sizes[axis];
        constants = [Constant("axis", axis), Constant("start", start), Constant("length", length)];
        if (start < 0 || length < 1 || start > size - length)
        {
            return $"elements {start} … {start + (long)length - 1} do not lie in an axis of size {size}";
        }

        type = type with { Sizes = Replace(type.Sizes, axis, length) };
        return null;
    }

    static string? Concat(ref TensorType type, int axis, IReadOnlyList<TypedOperand> operands, out EquatableArray<Constant> constants)
    {
        constants = [Constant("axis", axis)];
        var size = type.Sizes[axis];
        for (var i = 1; i < operands.Count; i++)
        {
            var other = operands[i].Type;
            if (other.Batched != type.Batched || other.Sizes.Count != type.Sizes.Count || Replace(other.Sizes, axis, 0) != Replace(type.Sizes, axis, 0))
            {
                return $"tensor {i + 1} is {other} but tensor 1 is {type}; all sizes but that of axis {axis + (type.Batched ? 1 : 0)} must agree";
            }

            size += other.Sizes[axis];
        }

        type = type with { Sizes = Replace(type.Sizes, axis, size) };
        return null;
    }

    /// <summary>0 keeps the size at this place and one -1 is worked out: Caffe's rule.</summary>
    static string? Reshape(ref TensorType type, Bindings bindings)
    {
        if (!bindings.TryGetGroup("sizes", out var wanted))
        {
            return "its sizes are missing";
        }

        var sizes = wanted.ToArray();
        var (known, free) = (1L, -1);
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = sizes[i] == 0 && i < type.Sizes.Count ? type.Sizes[i] : sizes[i];
            if (sizes[i] == -1 && free < 0)
            {
                free = i;
            }
            else if (sizes[i] < 1)
            {
                return $"the size {wanted[i]} cannot be worked out";
            }
            else
            {
                known *= sizes[i];
            }
        }

        if (free >= 0)
        {
            sizes[free] = (int)(type.Count / known);
            known *= sizes[free];
        }

        if (known != type.Count)
        {
            return $"{type.Count} elements do not fill ({string.Join(", ", wanted)})";
        }

        type = type with { Sizes = sizes.ToEquatableArray() };
        return null;
    }

    static Constant Constant(string name, int value) => new(name, value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    static EquatableArray<int> Replace(EquatableArray<int> sizes, int axis, int size) => sizes.Select((s, i) => i == axis ? size : s).ToEquatableArray();
}
