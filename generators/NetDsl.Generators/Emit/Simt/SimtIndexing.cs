using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Simt;

/// <summary>Index arithmetic of row-major tensors, with the divisions that are not needed left out.</summary>
static class SimtIndexing
{
    /// <summary>
    /// Where element <paramref name="index"/> lies on a range of axes, as a row-major index over them.
    /// </summary>
    /// <param name="index">The flat index.</param>
    /// <param name="sizes">The sizes of the tensor.</param>
    /// <param name="axis">The first axis of the range.</param>
    /// <param name="axes">How many axes.</param>
    public static string Coordinate(string index, IReadOnlyList<int> sizes, int axis, int axes)
    {
        var extent = Product(sizes.Skip(axis).Take(axes));
        if (extent == 1 || index == "0")
        {
            return "0";
        }

        var inner = Product(sizes.Skip(axis + axes));
        var quotient = inner == 1 ? index : $"{index} / {inner}";
        return Product(sizes.Take(axis)) == 1 ? quotient : $"{quotient} % {extent}";
    }

    public static long Product(IEnumerable<int> sizes) => sizes.Aggregate(1L, static (product, size) => product * size);

    /// <summary>The element of a slice's operand that becomes element <paramref name="index"/>.</summary>
    public static string Sliced(string index, TensorType operand, TensorType result, int start)
    {
        if (DifferingAxis(operand, result) is not { } axis)
        {
            return index;
        }

        var inner = Product(operand.Sizes.Skip(axis + 1));
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
