namespace NetDsl.Generators.Emit.Cpu;

/// <summary>The register tiles of one convolution: a local method for each number of channels and each kind of segment.</summary>
sealed class ConvolutionTiles(CpuBody body, Contraction contraction)
{
    const int Lanes = SampleBlock.Lanes;

    readonly List<(int Channels, RowSegment Segment)> tiles = [];
    readonly bool forward = body.First.Member.IsForward;
    readonly int groups = body.First.Integer("group");

    int Source => body.First.Operands[0];

    int Weight => body.First.Operands[1];

    int Bias => forward ? body.First.Operands[2] : -1;

    /// <summary>Declares the pointers of the current item, block and lane.</summary>
    public void OpenBlock()
    {
        var writer = body.Writer;
        var channel = contraction.SourcesPerGroup * contraction.SourceHeight * contraction.SourceWidth * Lanes;
        writer.Line($"var source = {body.AtBlock(Source)}{(groups == 1 ? "" : $" + group * {channel}")};");
        writer.Line($"var weights = {body.Pointer(Weight)} + {contraction.WeightOrigin(forward, groups)};");
        foreach (var value in body.TailMemory)
        {
            writer.Line($"var {Tail(value)} = {body.AtBlock(value)};");
        }
    }

    /// <summary>The call of a tile.</summary>
    public string Call(int channels, RowSegment segment, string column)
    {
        var tile = tiles.IndexOf((channels, segment));
        if (tile < 0)
        {
            tile = tiles.Count;
            tiles.Add((channels, segment));
        }

        var arguments = new List<string> { "source", "weights", "target", "row", column };
        arguments.AddRange(Bias >= 0 ? [$"{body.Pointer(Bias)} + target"] : []);
        arguments.AddRange(body.TailMemory.Select(Tail));
        arguments.AddRange(body.UsesRandom ? ["worker", "block", "lane"] : []);
        return $"Tile{tile}({string.Join(", ", arguments)});";
    }

    public void WriteMethods()
    {
        for (var tile = 0; tile < tiles.Count; tile++)
        {
            WriteMethod(tile, tiles[tile].Channels, tiles[tile].Segment);
        }
    }

    string Tail(int value) => $"{body.Pointer(value)}Lanes";

    void WriteMethod(int tile, int channels, RowSegment segment)
    {
        var writer = body.Writer;
        var parameters = new List<string> { "float* source", "float* weights", "int target", "int row", "int column" };
        parameters.AddRange(Bias >= 0 ? ["float* bias"] : []);
        parameters.AddRange(body.TailMemory.Select(value => $"float* {Tail(value)}"));
        parameters.AddRange(body.UsesRandom ? ["CpuWorker worker", "int block", "int lane"] : []);
        writer.Line($"\n// {channels} channels × {segment.Pixels} pixels{(segment.Pairs.Count == segment.Pixels * body.First.Integer("kernelWidth") ? "" : ", clipped at the border")}");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Block($"static void Tile{tile}({string.Join(", ", parameters)})"))
        {
            WriteSums(channels, segment.Pixels);
            WriteLoops(channels, segment);
            WriteResults(channels, segment.Pixels);
        }
    }

    void WriteSums(int channels, int pixels)
    {
        for (var f = 0; f < channels; f++)
        {
            var start = Bias >= 0 ? $"T.Create(bias[{f}])" : "T.Create(0f)";
            body.Writer.Line(string.Join(" ", Enumerable.Range(0, pixels).Select(p => $"var s{f}_{p} = {(p == 0 || Bias < 0 ? start : $"s{f}_0")};")));
        }
    }

    void WriteLoops(int channels, RowSegment segment)
    {
        var writer = body.Writer;
        var rows = contraction.Rows;
        var plane = contraction.SourceHeight * contraction.SourceWidth;
        var kernelWidth = body.First.Integer("kernelWidth");
        writer.Line($"var origin = {contraction.OriginText};");
        writer.Line($"var firstRow = {rows.Begin};\nvar endRow = {rows.End};");
        using (writer.Block($"for (var c = 0; c < {contraction.SourcesPerGroup}; c++)"))
        using (writer.Block("for (var kh = firstRow; kh < endRow; kh++)"))
        {
            if (rows.Skip.Length > 0)
            {
                writer.Line($"if ({rows.Skip})\n{{\n    continue;\n}}\n");
            }

            writer.Line($"var x = source + (c * {plane} + ({rows.Source}) * {contraction.SourceWidth} + origin) * {Lanes};");
            writer.Line($"var w = weights + c * {contraction.SourceStride} + kh * {kernelWidth};");
            writer.Line("T weight;");
            foreach (var tap in segment.Pairs.GroupBy(static pair => pair.Tap))
            {
                writer.Line(string.Join(" ", tap.Select(pair => $"var x{pair.Tap}_{pair.Pixel} = T.Load(x + {pair.Offset * Lanes});")));
                for (var f = 0; f < channels; f++)
                {
                    var sums = tap.Select(pair => $"s{f}_{pair.Pixel} = T.MultiplyAdd(weight, x{pair.Tap}_{pair.Pixel}, s{f}_{pair.Pixel});");
                    writer.Line($"weight = T.Create(w[{f * contraction.TargetStride + tap.Key}]); {string.Join(" ", sums)}");
                }
            }
        }
    }

    void WriteResults(int channels, int pixels)
    {
        var plane = contraction.Height * contraction.Width;
        body.Writer.Line($"var first = (target * {contraction.Height} + row) * {contraction.Width} + column;");
        for (var f = 0; f < channels; f++)
        {
            for (var p = 0; p < pixels; p++)
            {
                var index = f * plane + p == 0 ? "first" : $"first + {f * plane + p}";
                body.BeginElement();
                body.Hold(body.First.Result, $"s{f}_{p}");
                body.WriteTail(value => $"{Tail(value)} + (({index}) * {Lanes})", "T", index, $"e{f}_{p}_");
            }
        }
    }
}
