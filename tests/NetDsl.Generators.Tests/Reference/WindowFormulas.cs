using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Reference;

/// <summary>What slides over windows of images and volumes and is neither a plain convolution nor a plain pooling, from the definitions.</summary>
static class WindowFormulas
{
    public static double[]? Evaluate(Node node, double[]?[] x) => node.Operator.Name switch
    {
        "AdaptiveAvgPool" => Adaptive(node, x[0]!, static window => window.Average()),
        "AdaptiveMaxPool" => Adaptive(node, x[0]!, static window => window.Max()),
        "MaxUnpool" => Unpooled(node, x[0]!, x[1]!),
        "StochasticPool" => [.. Windows(node, x[0]!).Zip(x[1]!, (window, draw) => Taken([.. window.Select(i => x[0]![i])], draw))],
        "Conv3D" => Volumes(node, x[0]!, x[1]!, x[2]),
        "ConvTranspose3D" => TransposedVolumes(node, x[0]!, x[1]!, x[2]),
        "Im2Col" => Columns(node, x[0]!),
        _ => null,
    };

    static IEnumerable<int> Range(int first, int behind) => Enumerable.Range(first, Math.Max(behind - first, 0));

    static double[] Adaptive(Node n, double[] x, Func<IEnumerable<double>, double> reduce)
    {
        var (C, H, W, HO, WO) = (n.Type.Sizes[0], n.Integer("H"), n.Integer("W"), n.Integer("HO"), n.Integer("WO"));
        IEnumerable<int> Window(int i, int size, int windows) => Range((int)Math.Floor((double)i * size / windows), (int)Math.Ceiling((i + 1.0) * size / windows));
        return [.. from c in Range(0, C.Constant) from ho in Range(0, HO) from wo in Range(0, WO)
                   select reduce(from h in Window(ho, H, HO) from w in Window(wo, W, WO) select x[(c * H + h) * W + w])];
    }

    /// <summary>The elements of each window of a pooling, in the order of the results.</summary>
    static IEnumerable<int[]> Windows(Node n, double[] source)
    {
        var (H, W, HO, WO) = (n.Integer("H"), n.Integer("W"), n.Integer("HO"), n.Integer("WO"));
        IEnumerable<int> Window(int i, string axis, int size)
        {
            var first = i * n.Integer("stride" + axis) - (n.Operator.Name == "MaxUnpool" ? n.Integer("padding" + axis) : 0);
            return Range(Math.Max(first, 0), Math.Min(first + n.Integer("kernel" + axis), size));
        }

        return from c in Range(0, source.Length / (H * W)) from ho in Range(0, HO) from wo in Range(0, WO)
               select (from h in Window(ho, "Height", H) from w in Window(wo, "Width", W) select (c * H + h) * W + w).ToArray();
    }

    static double[] Unpooled(Node n, double[] x, double[] source)
    {
        var result = new double[source.Length];
        foreach (var (window, value) in Windows(n, source).Zip(x))
        {
            result[window.MaxBy(i => source[i])] += value;
        }

        return result;
    }

    static double Taken(double[] window, double draw)
    {
        var (threshold, sum) = (draw * window.Sum(static v => Math.Max(v, 0)), 0.0);
        return window.FirstOrDefault(v => (sum += Math.Max(v, 0)) > threshold);
    }

    static double[] Volumes(Node n, double[] x, double[] weight, double[]? bias)
    {
        string[] axes = ["Depth", "Height", "Width"];
        int[] sizes = [n.Integer("D"), n.Integer("H"), n.Integer("W")], results = [n.Integer("ZO"), n.Integer("HO"), n.Integer("WO")];
        int[] kernel = [.. axes.Select(a => n.Integer("kernel" + a))];
        var (C, K, g) = (n.Integer("C"), n.Integer("K"), n.Integer("group"));
        var result = new double[K * results.Aggregate(1, static (a, b) => a * b)];
        for (var i = 0; i < result.Length; i++)
        {
            var at = Coordinates(i, results);
            var k = i / (result.Length / K);
            result[i] = bias?[k] ?? 0;
            for (var j = 0; j < weight.Length / K; j++)
            {
                var tap = Coordinates(j, kernel);
                int[] place = [.. axes.Select((a, d) => at[d] * n.Integer("stride" + a) + tap[d] * n.Integer("dilation" + a) - n.Integer("padding" + a))];
                if (place.Zip(sizes).All(static p => p.First >= 0 && p.First < p.Second))
                {
                    var c = k / (K / g) * (C / g) + j / kernel.Aggregate(1, static (a, b) => a * b);
                    result[i] += weight[k * (weight.Length / K) + j] * x[((c * sizes[0] + place[0]) * sizes[1] + place[1]) * sizes[2] + place[2]];
                }
            }
        }

        return result;
    }

    /// <summary>Every input adds its filters where they reach.</summary>
    static double[] TransposedVolumes(Node n, double[] x, double[] weight, double[]? bias)
    {
        string[] axes = ["Depth", "Height", "Width"];
        int[] sizes = [n.Integer("D"), n.Integer("H"), n.Integer("W")], results = [n.Integer("ZO"), n.Integer("HO"), n.Integer("WO")];
        int[] kernel = [.. axes.Select(a => n.Integer("kernel" + a))];
        var (C, K, g) = (n.Integer("C"), n.Integer("K"), n.Integer("group"));
        var (taps, places) = (kernel.Aggregate(1, static (a, b) => a * b), results.Aggregate(1, static (a, b) => a * b));
        double[] result = [.. Enumerable.Range(0, K * places).Select(i => bias?[i / places] ?? 0)];
        for (var i = 0; i < x.Length; i++)
        {
            var (at, c) = (Coordinates(i, sizes), i / (x.Length / C));
            for (var j = 0; j < K / g * taps; j++)
            {
                var tap = Coordinates(j, kernel);
                int[] place = [.. axes.Select((a, d) => at[d] * n.Integer("stride" + a) + tap[d] * n.Integer("dilation" + a) - n.Integer("padding" + a))];
                if (place.Zip(results).All(static p => p.First >= 0 && p.First < p.Second))
                {
                    var k = c / (C / g) * (K / g) + j / taps;
                    result[((k * results[0] + place[0]) * results[1] + place[1]) * results[2] + place[2]] += weight[c * (K / g) * taps + j] * x[i];
                }
            }
        }

        return result;
    }

    static int[] Coordinates(int i, int[] sizes) => [i / (sizes[1] * sizes[2]) % sizes[0], i / sizes[2] % sizes[1], i % sizes[2]];

    static double[] Columns(Node n, double[] x)
    {
        var (C, H, W, HO, WO) = (n.Integer("C"), n.Integer("H"), n.Integer("W"), n.Integer("HO"), n.Integer("WO"));
        return [.. from c in Range(0, C) from kh in Range(0, n.Integer("kernelHeight")) from kw in Range(0, n.Integer("kernelWidth")) from ho in Range(0, HO) from wo in Range(0, WO)
                   let h = ho * n.Integer("strideHeight") + kh * n.Integer("dilationHeight") - n.Integer("paddingHeight")
                   let w = wo * n.Integer("strideWidth") + kw * n.Integer("dilationWidth") - n.Integer("paddingWidth")
                   select h >= 0 && h < H && w >= 0 && w < W ? x[(c * H + h) * W + w] : 0];
    }
}
