using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Reference;

/// <summary>Reshape, slice and concat of the reference.</summary>
static class Movements
{
    public static double[] Evaluate(Node node, double[][] operands, TensorType[] types, int batch)
    {
        if (node.Operator.Movement == MovementKind.Reshape)
        {
            return operands[0];
        }

        var samples = node.Type.Batched ? batch : 1;
        var count = (int)node.Type.Count;
        var axis = node.Integer("axis");
        var inner = node.Type.Sizes.Skip(axis + 1).Aggregate(1, static (a, b) => a * (int)b);
        var outer = node.Type.Sizes.Take(axis).Aggregate(1, static (a, b) => a * (int)b);
        var result = new double[count * samples];
        for (var sample = 0; sample < samples; sample++)
        {
            var at = 0;
            for (var operand = 0; operand < operands.Length; operand++)
            {
                var size = (int)types[operand].Sizes[axis];
                var (start, length) = node.Operator.Movement == MovementKind.Slice ? (node.Integer("start"), node.Integer("length")) : (0, size);
                for (var o = 0; o < outer; o++)
                {
                    for (var i = 0; i < length * inner; i++)
                    {
                        result[sample * count + (o * (int)node.Type.Sizes[axis] + at) * inner + i] =
                            operands[operand][sample * (int)types[operand].Count + (o * size + start) * inner + i];
                    }
                }

                at += length;
            }
        }

        return result;
    }
}
