using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Movements that the memory plan could not turn into an alias: rows of elements are copied.</summary>
static class MovementEmitter
{
    public static CpuMethod Write(CpuBody body) => body.First.Operator.Movement == MovementKind.Layout ? ChangeLayout(body) : Copy(body);

    static CpuMethod Copy(CpuBody body)
    {
        var node = body.First;
        var writer = body.Writer;
        using (writer.Block("for (var block = begin; block < end; block++)"))
        {
            if (node.Operator.Movement == MovementKind.Concat)
            {
                var start = (Size)0;
                foreach (var operand in node.Operands)
                {
                    var rows = new MemoryRows(body.Values.Type(operand), node.Integer("axis"));
                    if (!rows.Count.Is(1) || !IsInPlace(body.Values.Buffer(operand), body.Values.Buffer(node.Result), start / rows.Lanes))
                    {
                        Copy(body, operand, 0, rows.Length, start, new MemoryRows(node.Type, node.Integer("axis")).Length, rows.Length, rows.Count);
                    }

                    start += rows.Length;
                }
            }
            else if (node.Operator.Movement == MovementKind.Slice)
            {
                var axis = node.Integer("axis");
                var (from, to) = (new MemoryRows(body.Values.Type(node.Operands[0]), axis), new MemoryRows(node.Type, axis));
                Copy(body, node.Operands[0], from.Start(node.Size("start")), from.Length, 0, to.Length, to.Length, to.Count);
            }
            else
            {
                Copy(body, node.Operands[0], 0, 0, 0, 0, new MemoryRows(node.Type, 0).Length, 1);
            }
        }

        return body.Finish(node.Type.Batched ? "worker.Blocks" : "1");
    }

    static CpuMethod ChangeLayout(CpuBody body)
    {
        var node = body.First;
        var (channels, positions) = (node.Type.Sizes[0], node.Type.Positions);
        var method = node.Type.Storage == Storage.Blocks ? "FromPlain" : "ToPlain";
        body.Writer.Line($"ChannelBlocks.{method}<T>(worker, {body.Pointer(node.Operands[0])}, {body.Pointer(node.Result)}, channels: {channels}, size: {positions});");
        return body.FinishCall();
    }

    /// <summary>An operand that was computed in its place is there already; a second mention of it is not, nor one at an equal offset of another memory.</summary>
    static bool IsInPlace(Ir.Buffer operand, Ir.Buffer concat, Size start) => operand.Space == concat.Space && operand.Offset == concat.Offset + start;

    static void Copy(CpuBody body, int operand, Size from, Size fromStride, Size to, Size toStride, Size length, Size rows)
    {
        var (source, target) = (body.Pointer(operand), body.Pointer(body.First.Result));
        var block = body.First.Type.Batched ? " + block * worker.BlockStride" : "";
        var bytes = SizeMark.Of("bytes", length * sizeof(float));
        var (fromStart, toStart) = (SizeMark.Of("from", from), SizeMark.Of("to", to));
        if (rows.Is(1))
        {
            body.Writer.Line($"System.Buffer.MemoryCopy({source}{block} + {fromStart}, {target}{block} + {toStart}, {bytes}, {bytes});");
            return;
        }

        using (body.Writer.Block($"for (var row = 0; row < {SizeMark.Of("rows", rows)}; row++)"))
        {
            body.Writer.Line($"System.Buffer.MemoryCopy({source}{block} + {fromStart} + row * {SizeMark.Of("fromStride", fromStride)}, {target}{block} + {toStart} + row * {SizeMark.Of("toStride", toStride)}, {bytes}, {bytes});");
        }
    }
}
