using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// Operators that read neighbouring channels, on channel blocks: the channels of a position are laid side by side, between zeros, so that the neighbours of a vector of channels
/// are vectors, too, whether or not they lie in its block. The method is called as if each position were all there is, and the zeros channels.
/// </summary>
static class NeighbourEmitter
{
    /// <summary>Positions to an item. All their lines are written before one is read: a processor waits where it loads across what it has only just stored.</summary>
    const int Chunk = 64;

    public static CpuMethod Write(CpuBody body, CpuDeclarations declarations)
    {
        var (node, writer) = (body.First, body.Writer);
        var type = node.Type;
        var (blocks, block) = (type.Blocks, TensorType.BlockSize);
        var margin = ((node.Integer(node.Operator.Neighbours) / 2) + block - 1) / block * block;
        var line = (blocks * block) + (2 * margin);
        var spread = Spread(node);
        declarations.Scratch($"{line * Chunk * spread.Count}");
        var places = SizeMark.Of("places", type.Positions);
        using (ItemLoop.Chunks(writer, places, Chunk))
        {
            var (lines, lanes) = (new Dictionary<int, string>(), new Dictionary<int, string>());
            foreach (var value in spread)
            {
                lanes[value] = body.Names.Add($"{body.Pointer(value)} channels");
                lines[value] = body.Names.Add($"{body.Pointer(value)} line");
                writer.Line($"var {lanes[value]} = {body.AtBlock(value)};\nvar {lines[value]} = worker.Scratch{(lines.Count == 1 ? "" : $" + {SizeMark.Of("from", line * Chunk * (lines.Count - 1))}")};");
            }

            var memory = BlockMemory.Open(body, node.Operands.Except(spread).Concat(body.Tail.SelectMany(static n => n.Operands)));
            var (place, channel) = (body.Names.Add("place"), body.Names.Add("c"));
            var width = SizeMark.Of("all", line);
            foreach (var value in spread)
            {
                writer.Line($"ChannelBlocks.Lines<T>({lanes[value]} + first * {block}, {lines[value]}, last - first, channels: {SizeMark.Of("C", type.Sizes[0])}, size: {places}, margin: {margin});");
            }

            // A block of channels after the other, so that memory is written in runs of all positions. The processor does not foresee the runs of the next positions: they are asked for.
            using (writer.Block($"for (var {channel} = 0; {channel} < {SizeMark.Of("count", blocks * block)}; {channel} += T.Count)"))
            using (writer.Block($"for (var {place} = first; {place} < last; {place}++)"))
            {
                writer.Line($"var i = ({channel} / {block} * {places} + {place}) * {block} + {channel} % {block};");
                foreach (var value in memory.Values)
                {
                    writer.Line($"ChannelBlocks.Fetch({memory.Element(value, $"i + {Chunk * block}")});");
                }

                body.BeginElement();
                var element = body.Names.Add("element");
                var call = Call(
                    node, $"{channel} + {margin}", width,
                    value => lines.TryGetValue(value, out var laid) ? $"{laid} + ({place} - first) * {width}" : $"{memory.Element(value, "i")} - ({channel} + {margin})");
                writer.Line($"var {element} = {call};");
                body.Hold(node.Result, element);
                body.WriteTail(value => memory.Element(value, "i"), "T", "i");
            }
        }

        return body.Finish(ItemLoop.Count(places, Chunk));
    }

    /// <summary>The operands whose neighbours are read: their channels are laid side by side. Others lie as they are, and the method finds their own element.</summary>
    static List<int> Spread(Node node) =>
        [.. node.Member.Arguments.Where(static a => a is { Kind: BindingKind.Read, IsOwn: false }).Select(a => node.Operand(a.Name)).Distinct()];

    static string Call(Node node, string channel, string channels, Func<int, string> memory) => KernelCall.Of(
        node,
        "T",
        argument => argument.Kind == BindingKind.Coordinate
            ? (argument.Rest ? "0" : channel, "")
            : ($"new CpuRowView<T>({memory(node.Operand(argument.Name))})", "CpuRowView<T>"),
        constant => constant.Name switch { "C" => channels, "S" => "1", _ => SizeMark.Of(constant) });
}
