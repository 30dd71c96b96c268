namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// Convolution and its gradient by the input, which is the same contraction with the roles of channels and filters exchanged. A register tile holds a
/// few target channels times a few pixels of a row, each for all lanes; it loops over source channels and kernel rows, and
/// writes its results once, with everything fused behind it.
/// </summary>
static class ConvolutionEmitter
{
    public static CpuMethod Write(CpuBody body)
    {
        var geometry = ConvolutionGeometry.Of(body.First);
        var contraction = body.First.Member.IsForward ? Contraction.Forward(geometry) : Contraction.InputGradient(geometry);
        var tile = TileSizes.Channels(contraction.TargetsPerGroup);
        var tilesPerGroup = (contraction.TargetsPerGroup + tile - 1) / tile;
        var pixels = TileSizes.Pixels(contraction.Width, tile, contraction.PixelStep);
        var runs = RowSegment.Runs(contraction.Width, pixels, geometry.KernelWidth, contraction.Column, contraction.Origin);
        var items = (long)geometry.Group * tilesPerGroup * contraction.Height;
        var tiles = new ConvolutionTiles(body, contraction);
        var writer = body.Writer;
        using (ItemLoop.Items(writer, items, "rest"))
        {
            // One item a block, a result of one row and few channels, has no rest.
            writer.Line(items == 1 ? "var row = 0;" : $"var row = rest % {contraction.Height};");
            writer.Line(items == 1 ? "var tile = 0;" : $"var tile = rest / {contraction.Height};");
            WriteTarget(writer, geometry.Group, tilesPerGroup, tile, contraction);
            var remainder = contraction.TargetsPerGroup % tile;
            using (ItemLoop.Lanes(writer))
            {
                tiles.OpenBlock();
                if (remainder == 0)
                {
                    WriteRow(writer, tiles, runs, tile, pixels);
                }
                else
                {
                    var isFull = geometry.Group == 1 ? $"tile < {tilesPerGroup - 1}" : $"tile % {tilesPerGroup} < {tilesPerGroup - 1}";
                    using (writer.Block($"if ({isFull})"))
                    {
                        WriteRow(writer, tiles, runs, tile, pixels);
                    }

                    using (writer.Block("else"))
                    {
                        WriteRow(writer, tiles, runs, remainder, pixels);
                    }
                }
            }
        }

        tiles.WriteMethods();
        return body.Finish(ItemLoop.Count(items));
    }

    /// <summary>Which target channels the item has: <c>target</c> is the first, <c>group</c> its group.</summary>
    static void WriteTarget(SourceWriter writer, int groups, int tilesPerGroup, int tile, Contraction contraction)
    {
        if (groups == 1)
        {
            writer.Line($"var target = tile * {tile};");
        }
        else
        {
            writer.Line($"var group = tile / {tilesPerGroup};");
            writer.Line($"var target = group * {contraction.TargetsPerGroup} + tile % {tilesPerGroup} * {tile};");
        }
    }

    static void WriteRow(SourceWriter writer, ConvolutionTiles tiles, List<(int Start, int Count, RowSegment Segment)> runs, int channels, int pixels)
    {
        foreach (var (start, count, segment) in runs)
        {
            if (count == 1)
            {
                writer.Line(tiles.Call(channels, segment, $"{start}"));
            }
            else
            {
                using (writer.Block($"for (var column = {start}; column < {start + count * pixels}; column += {pixels})"))
                {
                    writer.Line(tiles.Call(channels, segment, "column"));
                }
            }
        }
    }
}
