using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>The geometry of data movement, and the equations passes write for it. Axis 0 is the first one behind the batch.</summary>
static class Movements
{
    public static bool Is(this Node node, MovementKind kind) => node.Operator.Movement == kind;

    /// <summary>
    /// A range of this axis is one run of memory: no axis before it has more than one element. In channel blocks a range of channels that begins with a block is.
    /// </summary>
    public static bool IsContiguous(TensorType type, int axis)
    {
        if (type.Storage == Storage.Blocks)
        {
            return axis == 0;
        }

        for (var i = 0; i < axis; i++)
        {
            if (type.Sizes[i] != 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Elements between neighbours on this axis.</summary>
    public static Size Stride(TensorType type, int axis)
    {
        return Size.Product(type.Sizes.Skip(axis + 1));
    }

    public static TensorType WithSize(TensorType type, int axis, Size size) =>
        type with { Sizes = type.Sizes.Select((s, i) => i == axis ? size : s).ToEquatableArray() };

    public static Node Reshape(int result, int operand, TensorType type, string name) =>
        new(result, type, OperatorSpec.Reshape, "", [operand], [], name);

    public static Node Layout(int result, int operand, TensorType type, string name) =>
        new(result, type, OperatorSpec.Layout, "", [operand], [], name);

    public static Node Slice(int result, int operand, TensorType type, int axis, Size start, Size length, string name) =>
        new(result, WithSize(type, axis, length), OperatorSpec.Slice, "", [operand], [Constant.Of("axis", axis), Constant.Of("start", start), Constant.Of("length", length)], name);

    public static Node Concat(int result, IEnumerable<int> operands, TensorType type, int axis, string name) =>
        new(result, type, OperatorSpec.Concat, "", operands.ToEquatableArray(), [Constant.Of("axis", axis)], name);
}
