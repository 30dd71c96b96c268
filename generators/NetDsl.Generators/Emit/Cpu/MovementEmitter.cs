using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Movements that the memory plan could not turn into an alias: rows of elements are copied.</summary>
static class MovementEmitter
{
    public static CpuMethod Write(CpuBody body)
    {
        var node = body.First;
        var writer = body.Writer;
        using (writer.Block("for (var block = begin; block < end; block++)"))
        {
            if (node.Operator.Movement == MovementKind.Concat)
            {
                long start = 0;
                foreach (var operand in node.Operands)
                {
                    var type = body.Values.Type(operand);
                    var axis = node.Integer("axis");
                    var row = Row(type, axis);
                    if (Rows(type, axis) != 1 || !IsInPlace(body.Values.Buffer(operand), body.Values.Buffer(node.Result), start))
                    {
                        Copy(body, operand, 0, row, start, Row(node.Type, axis), row, Rows(type, axis));
                    }

                    start += row;
                }
            }
            else if (node.Operator.Movement == MovementKind.Slice)
            {
                var axis = node.Integer("axis");
                var type = body.Values.Type(node.Operands[0]);
                var row = Row(node.Type, axis);
                Copy(body, node.Operands[0], node.Integer("start") * (row / node.Type.Sizes[axis]), Row(type, axis), 0, row, row, Rows(node.Type, axis));
            }
            else
            {
                Copy(body, node.Operands[0], 0, 0, 0, 0, node.Type.Count, 1);
            }
        }

        return body.Finish(node.Type.Batched ? "worker.Blocks" : "1");
    }

    /// <summary>An operand that was computed in its place is there already; a second mention of it is not, nor one at an equal offset of another memory.</summary>
    static bool IsInPlace(Ir.Buffer operand, Ir.Buffer concat, long start) => operand.Space == concat.Space && operand.Offset == concat.Offset + start;

    /// <summary>Elements from one index of the axes before <paramref name="axis"/> to the next.</summary>
    static long Row(TensorType type, int axis) => type.Sizes.Skip(axis).Aggregate(1L, static (product, size) => product * size);

    static long Rows(TensorType type, int axis) => type.Count / Row(type, axis);

    static void Copy(CpuBody body, int operand, long from, long fromStride, long to, long toStride, long length, long rows)
    {
        var lanes = body.First.Type.Batched ? SampleBlock.Lanes : 1;
        var (source, target) = (body.Pointer(operand), body.Pointer(body.First.Result));
        var block = body.First.Type.Batched ? " + block * worker.BlockStride" : "";
        var bytes = length * lanes * sizeof(float);
        if (rows == 1)
        {
            body.Writer.Line($"System.Buffer.MemoryCopy({source}{block} + {from * lanes}, {target}{block} + {to * lanes}, {bytes}, {bytes});");
            return;
        }

        using (body.Writer.Block($"for (var row = 0; row < {rows}; row++)"))
        {
            body.Writer.Line($"System.Buffer.MemoryCopy({source}{block} + {from * lanes} + row * {fromStride * lanes}, {target}{block} + {to * lanes} + row * {toStride * lanes}, {bytes}, {bytes});");
        }
    }
}
