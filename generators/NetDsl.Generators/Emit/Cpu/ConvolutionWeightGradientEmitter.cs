using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// The gradient of a convolution by its weight. A register tile holds a few filters × channels × taps of one kernel row; it runs over all blocks and
/// all pixels of the result, and only then sums over the lanes. An item is a tile, so no sum is ever cut.
/// </summary>
static class ConvolutionWeightGradientEmitter
{
    const int Lanes = SampleBlock.Lanes;

    public static CpuMethod Write(CpuBody body)
    {
        var g = ConvolutionGeometry.Of(body.First);
        var taps = TileSizes.Divisor(g.KernelWidth, 6);
        taps = taps * 2 < Math.Min(g.KernelWidth, 6) ? Math.Min(g.KernelWidth, 5) : taps;
        var channels = TileSizes.Divisor(g.ChannelsPerGroup, Math.Max(1, 6 / taps));
        var filters = Math.Min(TileSizes.Channels(g.FiltersPerGroup), Math.Max(1, TileSizes.Sums / (taps * channels)));
        var variants = Variants(g, filters, channels, taps);
        var (filterTiles, channelTiles, tapTiles) = (Tiles(g.FiltersPerGroup, filters), g.ChannelsPerGroup / channels, Tiles(g.KernelWidth, taps));
        var items = (long)g.Group * filterTiles * channelTiles * g.KernelHeight * tapTiles;
        var (dy, x, result) = (body.Pointer(body.First.Operands[0]), body.Pointer(body.First.Operands[1]), body.Pointer(body.First.Result));
        var writer = body.Writer;
        using (writer.Block("for (var item = begin; item < end; item++)"))
        {
            writer.Line($"var tap = item % {tapTiles} * {taps};");
            writer.Line($"var kh = item / {tapTiles} % {g.KernelHeight};");
            writer.Line($"var c = item / {tapTiles * g.KernelHeight} % {channelTiles} * {channels};");
            writer.Line($"var k = item / {tapTiles * g.KernelHeight * channelTiles} % {filterTiles} * {filters};");
            writer.Line(g.Group == 1 ? "const int group = 0;" : $"var group = item / {(long)tapTiles * g.KernelHeight * channelTiles * filterTiles};");
            foreach (var variant in variants)
            {
                var guard = variant.Condition.Length == 0 ? "" : $"if ({variant.Condition}) ";
                writer.Line($"{guard}{{ Tile{variant.Number}(worker, {dy}, {x}, {result}, group, k, c, kh, tap); continue; }}");
            }
        }

        foreach (var variant in variants)
        {
            WriteTile(body, g, variant, channels);
        }

        return body.Finish($"{items}");
    }

    static int Tiles(int count, int tile) => (count + tile - 1) / tile;

    /// <summary>Full tiles, and the smaller ones at the end of the filters and of the taps.</summary>
    static List<Variant> Variants(ConvolutionGeometry g, int filters, int channels, int taps)
    {
        var variants = new List<Variant>();
        foreach (var f in new[] { filters, g.FiltersPerGroup % filters }.Where(static f => f > 0).Distinct())
        {
            foreach (var first in Enumerable.Range(0, Tiles(g.KernelWidth, taps)).Select(t => t * taps))
            {
                var conditions = new List<string>();
                if (g.FiltersPerGroup % filters != 0)
                {
                    conditions.Add(f == filters ? $"k + {filters} <= {g.FiltersPerGroup}" : $"k + {filters} > {g.FiltersPerGroup}");
                }

                if (taps < g.KernelWidth)
                {
                    conditions.Add($"tap == {first}");
                }

                variants.Add(new(variants.Count, f, first, Math.Min(taps, g.KernelWidth - first), string.Join(" && ", conditions)));
            }
        }

        return variants;
    }

    static void WriteTile(CpuBody body, ConvolutionGeometry g, Variant variant, int channels)
    {
        var writer = body.Writer;
        var rows = KernelRowRange(g);
        writer.Line($"\n// {variant.Filters} filters × {channels} channels × {variant.Taps} taps");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Block($"static void Tile{variant.Number}(CpuWorker worker, float* gradients, float* inputs, float* results, int group, int k, int c, int kh, int tap)"))
        {
            foreach (var (f, cc, t) in Sums(variant, channels))
            {
                writer.Line($"var s{f}_{cc}_{t} = T.Create(0f);");
            }

            writer.Line($"var firstRow = {rows.Begin};\nvar endRow = {rows.End};");
            using (writer.Block("for (var block = 0; block < worker.Blocks; block++)"))
            using (ItemLoop.Lanes(writer))
            {
                writer.Line($"var dy = gradients + block * worker.BlockStride + lane + (group * {g.FiltersPerGroup} + k) * {g.OutputHeight * g.OutputWidth * Lanes};");
                writer.Line($"var x = inputs + block * worker.BlockStride + lane + (group * {g.ChannelsPerGroup} + c) * {g.Height * g.Width * Lanes};");
                using (writer.Block("for (var ho = firstRow; ho < endRow; ho++)"))
                {
                    writer.Line($"var g = dy + ho * {g.OutputWidth * Lanes};");
                    writer.Line($"var row = x + (ho * {g.StrideHeight} + kh * {g.DilationHeight} - {g.PaddingHeight}) * {g.Width * Lanes};");
                    foreach (var (start, count, columns) in ColumnRuns(g, variant))
                    {
                        WriteColumns(writer, g, variant, channels, start, count, columns);
                    }
                }
            }

            writer.Line($"var result = results + (((group * {g.FiltersPerGroup} + k) * {g.ChannelsPerGroup} + c) * {g.KernelHeight} + kh) * {g.KernelWidth} + tap;");
            foreach (var (f, cc, t) in Sums(variant, channels))
            {
                var offset = (f * g.ChannelsPerGroup + cc) * g.KernelHeight * g.KernelWidth + t;
                writer.Line($"result[{offset}] = T.Sum(s{f}_{cc}_{t});");
            }
        }
    }

    static void WriteColumns(SourceWriter writer, ConvolutionGeometry g, Variant variant, int channels, int start, int count, EquatableArray<int> columns)
    {
        var scope = count == 1 ? (IDisposable)writer.Block("") : writer.Block($"for (var wo = {start}; wo < {start + count}; wo++)");
        using (scope)
        {
            var wo = count == 1 ? $"{start}" : "wo";
            writer.Line(string.Join(" ", Enumerable.Range(0, variant.Filters).Select(f => $"var g{f} = T.Load(g + ({wo} * {Lanes} + {f * g.OutputHeight * g.OutputWidth * Lanes}));")));
            writer.Line("T value;");
            for (var cc = 0; cc < channels; cc++)
            {
                for (var t = 0; t < variant.Taps; t++)
                {
                    if (columns[t] == int.MinValue)
                    {
                        continue;
                    }

                    var offset = cc * g.Height * g.Width + columns[t];
                    var index = $"({wo} * {g.StrideWidth} + {offset}) * {Lanes}";
                    var sums = Enumerable.Range(0, variant.Filters).Select(f => $"s{f}_{cc}_{t} = T.MultiplyAdd(g{f}, value, s{f}_{cc}_{t});");
                    writer.Line($"value = T.Load(row + {index}); {string.Join(" ", sums)}");
                }
            }
        }
    }

    /// <summary>Runs of result columns whose taps lie alike; a tap's entry is its offset from wo · stride, or <c>int.MinValue</c> in the padding.</summary>
    static List<(int Start, int Count, EquatableArray<int> Columns)> ColumnRuns(ConvolutionGeometry g, Variant variant)
    {
        var runs = new List<(int Start, int Count, EquatableArray<int> Columns)>();
        for (var wo = 0; wo < g.OutputWidth; wo++)
        {
            var columns = Enumerable.Range(variant.FirstTap, variant.Taps)
                .Select(kw => g.InputColumn(wo, kw) is { } column ? column - wo * g.StrideWidth : int.MinValue)
                .ToEquatableArray();
            if (runs.Count > 0 && runs[runs.Count - 1].Columns == columns)
            {
                runs[runs.Count - 1] = (runs[runs.Count - 1].Start, runs[runs.Count - 1].Count + 1, columns);
            }
            else if (columns.Any(static column => column != int.MinValue))
            {
                runs.Add((wo, 1, columns));
            }
        }

        return runs;
    }

    /// <summary>The result rows that reach the input through kernel row <c>kh</c>: 0 ≤ ho s + kh d − p &lt; H.</summary>
    static (string Begin, string End) KernelRowRange(ConvolutionGeometry g)
    {
        var (s, d, p) = (g.StrideHeight, g.DilationHeight, g.PaddingHeight);
        var begin = p == 0 ? "0" : $"Math.Max(0, ({p} - kh * {d} + {s - 1}) / {s})";
        var reach = (g.OutputHeight - 1) * s + (g.KernelHeight - 1) * d - p;
        var end = reach < g.Height ? $"{g.OutputHeight}" : $"Math.Min({g.OutputHeight}, ({g.Height + p} - kh * {d} + {s - 1}) / {s})";
        return (begin, end);
    }

    static IEnumerable<(int Filter, int Channel, int Tap)> Sums(Variant variant, int channels) =>
        from f in Enumerable.Range(0, variant.Filters)
        from c in Enumerable.Range(0, channels)
        from t in Enumerable.Range(0, variant.Taps)
        select (f, c, t);

    sealed record Variant(int Number, int Filters, int FirstTap, int Taps, string Condition);
}
