using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Simt;

/// <summary>Index arithmetic of row-major tensors, with the divisions that are not needed left out.</summary>
static class SimtIndexing
{
    /// <summary>The coordinate on <paramref name="axis"/> of the element with flat index <paramref name="index"/>.</summary>
    public static string Coordinate(string index, IReadOnlyList<int> sizes, int axis)
    {
        if (sizes[axis] == 1 || index == "0")
        {
            return "0";
        }

        var stride = sizes.Skip(axis + 1).Aggregate(1L, static (product, size) => product * size);
        var quotient = stride == 1 ? index : $"{index} / {stride}";
        return sizes.Take(axis).All(static size => size == 1) ? quotient : $"{quotient} % {sizes[axis]}";
    }

    /// <summary>The element of a slice's operand that becomes element <paramref name="index"/>.</summary>
    public static string Sliced(string index, TensorType operand, TensorType result, int start)
    {
        if (DifferingAxis(operand, result) is not { } axis)
        {
            return index;
        }

        var inner = operand.Sizes.Skip(axis + 1).Aggregate(1L, static (product, size) => product * size);
        var (row, slice) = (operand.Sizes[axis] * inner, result.Sizes[axis] * inner);
        var first = start * inner;
        if (slice == result.Count)
        {
            return index == "0" ? $"{first}" : first == 0 ? index : $"{first} + {index}";
        }

        return $"{index} / {slice} * {row} + {index} % {slice}" + (first == 0 ? "" : $" + {first}");
    }

    /// <summary>The axis along which operands lie side by side in a concatenation, or along which a slice is cut; none if nothing is cut.</summary>
    public static int? DifferingAxis(TensorType part, TensorType whole)
    {
        for (var axis = 0; axis < whole.Sizes.Count; axis++)
        {
            if (part.Sizes[axis] != whole.Sizes[axis])
            {
                return axis;
            }
        }

        return null;
    }
}
