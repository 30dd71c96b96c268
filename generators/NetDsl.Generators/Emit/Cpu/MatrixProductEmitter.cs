using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// A dense layer and its gradient by the input. A register tile holds a few targets times up to four columns, a column being one vector of samples, so
/// that each weight that is read from memory serves up to four vectors. Rows of one sample, where the layer is applied to several, are further columns.
/// </summary>
static class MatrixProductEmitter
{
    /// <summary>Columns of a full tile; what is left over at the end is done by twos and ones.</summary>
    const int Columns = 4;

    const int Lanes = SampleBlock.Lanes;

    public static CpuMethod Write(CpuBody body)
    {
        var node = body.First;
        var (units, inputs) = (node.Integer("U"), node.Integer("S"));
        var forward = node.Member.IsForward;
        var (targets, sources) = forward ? (units, inputs) : (inputs, units);
        var (targetStride, sourceStride) = forward ? (inputs, 1) : (1, inputs);
        var tile = TileSizes.Channels(targets);
        var tiles = (targets + tile - 1) / tile;
        var remainder = targets % tile;
        var writer = body.Writer;
        var arguments = Arguments(body);
        var perBlock = Rows(body) == 1 ? $"({Lanes} / T.Count)" : $"({Lanes} / T.Count * {Rows(body)})";
        writer.Line($"var columns = worker.Blocks * {perBlock};\nvar groups = (columns + {Columns - 1}) / {Columns};");
        using (writer.Block("for (var item = begin; item < end; item++)"))
        {
            writer.Line($"var target = item / groups * {tile};");
            writer.Line($"var column = item % groups * {Columns};");
            writer.Line($"var left = Math.Min({Columns}, columns - column);");
            if (remainder == 0)
            {
                WriteCalls(writer, tile, arguments);
            }
            else
            {
                using (writer.Block($"if (target + {tile} <= {targets})"))
                {
                    WriteCalls(writer, tile, arguments);
                }

                using (writer.Block("else"))
                {
                    WriteCalls(writer, remainder, arguments);
                }
            }
        }

        foreach (var channels in new[] { tile, remainder }.Where(static c => c > 0).Distinct())
        {
            foreach (var width in new[] { 4, 2, 1 })
            {
                WriteTile(body, channels, width, sources, targetStride, sourceStride);
            }
        }

        return body.Finish($"(worker.Blocks * {perBlock} + {Columns - 1}) / {Columns} * {tiles}");
    }

    static void WriteCalls(SourceWriter writer, int channels, string arguments)
    {
        using (writer.Block($"if (left == {Columns})"))
        {
            writer.Line($"Tile{channels}x4(worker, column, target, {arguments});");
            writer.Line("continue;");
        }

        writer.Line();
        using (writer.Block("if (left >= 2)"))
        {
            writer.Line($"Tile{channels}x2(worker, column, target, {arguments});");
        }

        writer.Line();
        using (writer.Block("if (left % 2 == 1)"))
        {
            writer.Line($"Tile{channels}x1(worker, column + left - 1, target, {arguments});");
        }
    }

    /// <summary>How many rows of each sample the layer is applied to.</summary>
    static int Rows(CpuBody body) => body.First.Operator.Anchor == AnchorKind.RowProduct ? body.First.Integer("R") : 1;

    static int Bias(CpuBody body) => body.First.Member.IsForward ? body.First.Operands[2] : -1;

    static string Arguments(CpuBody body)
    {
        var values = new List<string> { body.Pointer(body.First.Operands[0]), body.Pointer(body.First.Operands[1]) };
        values.AddRange(Bias(body) >= 0 ? [body.Pointer(Bias(body))] : []);
        values.AddRange(body.TailMemory.Select(body.Pointer));
        return string.Join(", ", values);
    }

    static void WriteTile(CpuBody body, int channels, int width, int sources, int targetStride, int sourceStride)
    {
        var writer = body.Writer;
        var bias = Bias(body);
        var parameters = $"float* source, float* weights{(bias >= 0 ? ", float* bias" : "")}{string.Concat(body.TailMemory.Select(v => $", float* {body.Pointer(v)}Base"))}";

        // One column alone would wait for its own sums: two partial sums each hide the latency.
        var parts = width == 1 && sources > 1 ? 2 : 1;
        writer.Line($"\n// {channels} targets × {width} vectors of samples");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Block($"static void Tile{channels}x{width}(CpuWorker worker, int column, int target, {parameters})"))
        {
            writer.Line($"var perBlock = {Lanes} / T.Count;");
            for (var b = 0; b < width; b++)
            {
                var at = b == 0 ? "column" : $"(column + {b})";
                if (Rows(body) is > 1 and var rows)
                {
                    writer.Line($"var r{b} = {at} / perBlock % {rows};");
                    writer.Line($"var o{b} = {at} / perBlock / {rows} * worker.BlockStride + {at} % perBlock * T.Count;");
                    writer.Line($"var x{b} = source + o{b} + r{b} * {sources * Lanes};");
                    continue;
                }

                writer.Line($"var o{b} = {at} / perBlock * worker.BlockStride + {at} % perBlock * T.Count;");
                writer.Line($"var x{b} = source + o{b};");
            }

            writer.Line($"var w = weights + target * {targetStride}L;");
            foreach (var (f, b, part) in Sums(channels, width, parts))
            {
                writer.Line($"var s{f}_{b}{Suffix(part)} = {(bias >= 0 && part == 0 ? $"T.Create(bias[target + {f}])" : "T.Create(0f)")};");
            }

            WriteLoop(writer, channels, width, parts, sources, targetStride, sourceStride);
            WriteResults(body, channels, width, parts);
        }
    }

    static void WriteLoop(SourceWriter writer, int channels, int width, int parts, int sources, int targetStride, int sourceStride)
    {
        writer.Line("T weight;");
        writer.Line("var i = 0;");
        foreach (var step in new[] { parts, 1 }.Distinct())
        {
            if (step == 1 && parts > 1 && sources % parts == 0)
            {
                continue;
            }

            using (writer.Block($"for (; i + {step} <= {sources}; i += {step})"))
            {
                for (var part = 0; part < step; part++)
                {
                    writer.Line(string.Join(" ", Enumerable.Range(0, width).Select(b => $"var v{b}{Suffix(part)} = T.Load(x{b} + (i + {part}) * {Lanes});")));
                    for (var f = 0; f < channels; f++)
                    {
                        var sums = Enumerable.Range(0, width).Select(b => $"s{f}_{b}{Suffix(part)} = T.MultiplyAdd(weight, v{b}{Suffix(part)}, s{f}_{b}{Suffix(part)});");
                        writer.Line($"weight = T.Create(w[(i + {part}) * {sourceStride}L + {f * targetStride}]); {string.Join(" ", sums)}");
                    }
                }
            }
        }
    }

    static void WriteResults(CpuBody body, int channels, int width, int parts)
    {
        var (lane, rows) = (body.UsesRandom, Rows(body));
        for (var b = 0; b < width; b++)
        {
            using (body.Writer.Block(""))
            {
                foreach (var value in body.TailMemory)
                {
                    body.Writer.Line($"var {body.Pointer(value)}Lanes = {body.Pointer(value)}Base{(body.IsBatched(value) ? $" + o{b}" : "")};");
                }

                if (lane)
                {
                    body.Writer.Line($"var block = (column + {b}) / perBlock{(rows == 1 ? "" : $" / {rows}")};\nvar lane = (column + {b}) % perBlock * T.Count;");
                }

                for (var f = 0; f < channels; f++)
                {
                    var first = rows == 1 ? "target" : $"r{b} * {body.First.Type.Count / rows} + target";
                    var index = f == 0 ? first : $"{first} + {f}";
                    body.BeginElement();
                    var sum = parts == 1 ? $"s{f}_{b}" : $"(s{f}_{b} + s{f}_{b}{Suffix(1)})";
                    body.Hold(body.First.Result, sum);
                    body.WriteTail(value => $"{body.Pointer(value)}Lanes + (({index}) * {(body.IsBatched(value) ? Lanes : 1)})", "T", index, $"e{f}_");
                }
            }
        }
    }

    static string Suffix(int part) => part == 0 ? "" : $"_{(char)('a' + part)}";

    static IEnumerable<(int Target, int Column, int Part)> Sums(int channels, int width, int parts) =>
        from f in Enumerable.Range(0, channels)
        from b in Enumerable.Range(0, width)
        from part in Enumerable.Range(0, parts)
        select (f, b, part);
}
