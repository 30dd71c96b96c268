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
    public static string Coordinate(string index, IReadOnlyList<Size> sizes, int axis, int axes)
    {
        var extent = Product(sizes.Skip(axis).Take(axes));
        if (extent.Is(1) || index == "0")
        {
            return "0";
        }

        var inner = Product(sizes.Skip(axis + axes));
        var quotient = inner.Is(1) ? index : $"{index} / {SimtForm.Number(inner)}";
        return Product(sizes.Take(axis)).Is(1) ? quotient : $"{quotient} % {SimtForm.Number(extent)}";
    }

    public static Size Product(IEnumerable<Size> sizes) => Size.Product(sizes);

    /// <summary>The element of a slice's operand that becomes element <paramref name="index"/>.</summary>
    /// <param name="axis">The axis along which it is cut.</param>
    public static string Sliced(string index, TensorType operand, TensorType result, int axis, Size start)
    {
        if (operand.Sizes[axis] == result.Sizes[axis])
        {
            return index;
        }

        var inner = Product(operand.Sizes.Skip(axis + 1));
        var (row, slice) = (operand.Sizes[axis] * inner, result.Sizes[axis] * inner);
        var first = start * inner;
        if (slice == result.Count)
        {
            return index == "0" ? SimtForm.Number(first) : first.Is(0) ? index : $"{SimtForm.Number(first)} + {index}";
        }

        return $"{index} / {SimtForm.Number(slice)} * {SimtForm.Number(row)} + {index} % {SimtForm.Number(slice)}" + (first.Is(0) ? "" : $" + {SimtForm.Number(first)}");
    }
}
