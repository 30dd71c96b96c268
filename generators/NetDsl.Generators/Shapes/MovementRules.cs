using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Shapes;

/// <summary>The shape rules of operators that only move data. Users count axes with the batch as axis 0, the IR without it.</summary>
static class MovementRules
{
    /// <summary>Infers the result of a movement, and the constants its node carries. Returns the problem, or null.</summary>
    /// <param name="kind">What it does.</param>
    /// <param name="operands">What it moves.</param>
    /// <param name="bindings">Its arguments.</param>
    /// <param name="type">The result.</param>
    /// <param name="constants">What its node carries.</param>
    /// <param name="argument">The parameter that is to blame for the problem; empty where it is none alone.</param>
    public static string? Infer(
        MovementKind kind, IReadOnlyList<TypedOperand> operands, Bindings bindings, out TensorType type, out EquatableArray<Constant> constants, out string argument)
    {
        argument = "";
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
        var axis = (int)bindings.Values["axis"].Value - (type.Batched ? 1 : 0);
        if (axis < 0 || axis >= type.Sizes.Count)
        {
            argument = "axis";
            return $"axis {axis + (type.Batched ? 1 : 0)} is not one of the axes {(type.Batched ? 1 : 0)} … {rank - 1}";
        }

        return kind == MovementKind.Slice
            ? Slice(ref type, axis, bindings, out constants, ref argument)
            : Concat(ref type, axis, operands, bindings.FreeSizes, out constants);
    }

    static string? Slice(ref TensorType type, int axis, Bindings bindings, out EquatableArray<Constant> constants, ref string argument)
    {
        var (size, start, length) = (type.Sizes[axis], bindings.Values["start"].Size, bindings.FreeSizes.Named(bindings.Values["length"].Size));
        constants = [Constant.Of("axis", axis), Constant.Of("start", start), Constant.Of("length", length)];
        if (start.Value < 0 || length.Value < 1 || start.Value > size.Value - length.Value)
        {
            argument = start.Value < 0 || start.Value >= size.Value ? "start" : length.Value < 1 ? "length" : "";
            return $"elements {start.Value} … {start.Value + length.Value - 1} do not lie in an axis of size {size.Value}";
        }

        if (FreeArithmetic.Compare("<=", start + length, size) is { IsFree: true } condition)
        {
            bindings.FreeSizes.Require(condition.Text, $"elements {FreeSizes.Hole(start)} … {FreeSizes.Hole(start + length - 1)} do not lie in an axis of size {FreeSizes.Hole(size)}");
        }

        type = type with { Sizes = Replace(type.Sizes, axis, length) };
        return null;
    }

    static string? Concat(ref TensorType type, int axis, IReadOnlyList<TypedOperand> operands, FreeSizes free, out EquatableArray<Constant> constants)
    {
        constants = [Constant.Of("axis", axis)];
        var size = type.Sizes[axis];
        for (var i = 1; i < operands.Count; i++)
        {
            var (first, other) = (type, operands[i].Type);
            var rule = $"; all sizes but that of axis {axis + (type.Batched ? 1 : 0)} must agree";
            if (other.Batched != type.Batched || other.Sizes.Count != type.Sizes.Count
                || !Replace(other.Sizes, axis, 0).Zip(Replace(type.Sizes, axis, 0), (a, b) => free.AreEqual(a, b, () => $"tensor {i + 1} is {FreeSizes.Holes(other)} but tensor 1 is {FreeSizes.Holes(first)}{rule}")).All(static equal => equal))
            {
                return $"tensor {i + 1} is {other} but tensor 1 is {type}{rule}";
            }

            size += other.Sizes[axis];
        }

        type = type with { Sizes = Replace(type.Sizes, axis, free.Named(size)) };
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
        var (known, free) = ((Size)1, -1);
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = sizes[i].Is(0) && i < type.Sizes.Count ? type.Sizes[i] : bindings.FreeSizes.Named(sizes[i]);
            if (sizes[i].Is(-1) && free < 0)
            {
                free = i;
            }
            else if (sizes[i].Value < 1)
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
            sizes[free] = bindings.FreeSizes.Named(Quotient(type, sizes, known));
            known *= sizes[free];
        }

        var count = type.Count;
        if (!bindings.FreeSizes.AreEqual(known, count, () => $"{FreeSizes.Hole(count)} elements do not fill ({string.Join(", ", wanted.Select(FreeSizes.Hole))})"))
        {
            return $"{count.Value} elements do not fill ({string.Join(", ", wanted.Select(static s => s.Value))})";
        }

        type = type with { Sizes = sizes.ToEquatableArray() };
        return null;
    }

    /// <summary>What is left for one axis. Axes that stay are not divided by themselves, so that what is left has a simple form.</summary>
    static Size Quotient(TensorType type, Size[] sizes, Size known)
    {
        var left = type.Sizes.ToList();
        var others = sizes.Where(static s => !s.Is(-1)).Where(s => !s.IsFree || !left.Remove(s)).ToList();
        return others.Any(static s => s.IsFree) ? type.Count / known : Size.Product(left) / Size.Product(others);
    }

    static EquatableArray<Size> Replace(EquatableArray<Size> sizes, int axis, Size size) => sizes.Select((s, i) => i == axis ? size : s).ToEquatableArray();
}
