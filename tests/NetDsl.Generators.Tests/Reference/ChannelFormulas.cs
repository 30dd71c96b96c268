using NetDsl.Generators.Ir;
using static NetDsl.Generators.Tests.Reference.ScalarFormulas;

namespace NetDsl.Generators.Tests.Reference;

/// <summary>The operators of the reference that keep channels apart or slide over them, element by element from their definitions.</summary>
static class ChannelFormulas
{
    public static double[]? Evaluate(Node node, double[]?[] x) => node.Operator.Name switch
    {
        "LrnScale" => Each(node, (c, s, S) => Number(node, "k") + Number(node, "alpha") / node.Integer("size") * Window(node, c).Sum(other => Math.Pow(x[0]![other * S + s], 2))),
        "PReLU" => Each(node, (c, s, S) => x[0]![c * S + s] is var value && value > 0 ? value : value * x[1]![x[1]!.Length == 1 ? 0 : c]),
        "Scale" => Each(node, (c, s, S) => x[0]![c * S + s] * x[1]![c] + (x.Length > 2 && x[2] is { } bias ? bias[c] : 0)),
        "Bias" => Each(node, (c, s, S) => x[0]![c * S + s] + x[1]![c]),
        "ChannelMean" => [.. Channels(node, x[0]!).Select(static channel => channel.Average())],
        "ChannelVariance" => [.. Channels(node, x[0]!).Select((channel, c) => channel.Average(v => Math.Pow(v - x[1]![c], 2)))],
        "BatchNorm" => Each(node, (c, s, S) => (x[0]![c * S + s] - x[1]![c]) / Math.Sqrt(x[2]![c] + Number(node, "epsilon"))),
        "GlobalBatchNorm" => Each(node, (c, s, S) => x[3]![0] is var f && f == 0
            ? x[0]![c * S + s] / Math.Sqrt(Number(node, "epsilon"))
            : (x[0]![c * S + s] - x[1]![c] / f) / Math.Sqrt(x[2]![c] / f + Number(node, "epsilon"))),
        "Pad" => Pad(node, x[0]!),
        "Interp" => Interp(node, x[0]!),
        "ChannelSum" => [.. Enumerable.Range(0, (int)node.Type.Count).Select(c => x[0]!.Skip(c * node.Integer("S")).Take(node.Integer("S")).Sum())],
        "ArgMax" => [.. Enumerable.Range(0, (int)node.Type.Count).Select(s => (double)Enumerable.Range(0, node.Integer("C")).Reverse().MaxBy(c => x[0]![c * node.Integer("S") + s]))],
        "LargestNumbers" => [.. Largest(node, x[0]!).Select(static l => (double)l.Number)],
        "LargestValues" => [.. Largest(node, x[0]!).Select(static l => l.Value)],
        "Parameter" => x[0]!,
        "ExchangeAxes" => Exchanged(node, x[0]!),
        "ConvTranspose" => Transposed(node, x[0]!, x[1]!, x[2]),
        "SoftmaxAlong" => SoftmaxAlong(node, x[0]!),
        _ => null,
    };

    /// <summary>Every element of [C, …]: by channel, position and number of positions.</summary>
    static double[] Each(Node node, Func<int, int, int, double> element)
    {
        var positions = (int)node.Type.Count / (int)node.Type.Sizes[0];
        return [.. Enumerable.Range(0, (int)node.Type.Count).Select(i => element(i / positions, i % positions, positions))];
    }

    static IEnumerable<double[]> Channels(Node node, double[] x) => x.Chunk(x.Length / (int)node.Type.Sizes[0]);

    static IEnumerable<int> Window(Node node, int c) =>
        Enumerable.Range(c - node.Integer("size") / 2, node.Integer("size")).Where(other => other >= 0 && other < node.Integer("C"));

    /// <summary>The largest elements of each line along the second axis, sorted: of equal ones the last first.</summary>
    static IEnumerable<(int Number, double Value)> Largest(Node n, double[] x)
    {
        var (P, C, K, S) = ((int)n.Type.Sizes[0], n.Integer("C"), n.Integer("K"), n.Integer("S"));
        return from p in Enumerable.Range(0, P) from k in Enumerable.Range(0, K) from s in Enumerable.Range(0, S)
               select Enumerable.Range(0, C).Select(c => (Number: c, Value: x[(p * C + c) * S + s])).OrderByDescending(static e => e.Value).ThenByDescending(static e => e.Number).ElementAt(k);
    }

    static double[] Pad(Node n, double[] x)
    {
        var (H, W, HO, WO) = (n.Integer("H"), n.Integer("W"), n.Integer("HO"), n.Integer("WO"));
        return Each(n, (c, s, _) => (s / WO - n.Integer("top"), s % WO - n.Integer("left")) is var (h, w) && h >= 0 && h < H && w >= 0 && w < W
            ? x[(c * H + h) * W + w]
            : Number(n, "value"));
    }

    static double[] Interp(Node n, double[] x)
    {
        var (H, W, HO, WO) = (n.Integer("H"), n.Integer("W"), n.Integer("HO"), n.Integer("WO"));
        return Each(n, (c, s, _) =>
        {
            var (h, w) = (HO > 1 ? (double)(s / WO) * (H - 1) / (HO - 1) : 0, WO > 1 ? (double)(s % WO) * (W - 1) / (WO - 1) : 0);
            double At(double row, double column) => x[((c * H) + (int)Math.Min(row, H - 1)) * W + (int)Math.Min(column, W - 1)];
            var (top, left) = (Math.Floor(h + 1e-9), Math.Floor(w + 1e-9));
            return ((At(top, left) * (1 - w + left)) + (At(top, left + 1) * (w - left))) * (1 - h + top)
                + ((At(top + 1, left) * (1 - w + left)) + (At(top + 1, left + 1) * (w - left))) * (h - top);
        });
    }

    static double[] Exchanged(Node n, double[] x)
    {
        var (P, A, B, S) = (n.Integer("P"), n.Integer("A"), n.Integer("B"), n.Integer("S"));
        return [.. from p in Enumerable.Range(0, P) from b in Enumerable.Range(0, B) from a in Enumerable.Range(0, A) from s in Enumerable.Range(0, S) select x[((p * A + a) * B + b) * S + s]];
    }

    /// <summary>Each input adds its weighted kernel to the result, as in Caffe's col2im.</summary>
    static double[] Transposed(Node n, double[] x, double[] weight, double[]? bias)
    {
        var (C, H, W, K, HO, WO) = (n.Integer("C"), n.Integer("H"), n.Integer("W"), n.Integer("K"), n.Integer("HO"), n.Integer("WO"));
        var (kh, kw, filters, channels) = (n.Integer("kernelHeight"), n.Integer("kernelWidth"), K / n.Integer("group"), C / n.Integer("group"));
        var result = Each(n, (k, _, _) => bias?[k] ?? 0);
        for (var i = 0; i < x.Length; i++)
        {
            var c = i / (H * W);
            for (var j = 0; j < filters * kh * kw; j++)
            {
                var ho = i / W % H * n.Integer("strideHeight") - n.Integer("paddingHeight") + j / kw % kh * n.Integer("dilationHeight");
                var wo = i % W * n.Integer("strideWidth") - n.Integer("paddingWidth") + j % kw * n.Integer("dilationWidth");
                if (ho >= 0 && ho < HO && wo >= 0 && wo < WO)
                {
                    result[((c / channels * filters + j / (kh * kw)) * HO + ho) * WO + wo] += x[i] * weight[c * filters * kh * kw + j];
                }
            }
        }

        return result;
    }

    static double[] SoftmaxAlong(Node n, double[] x)
    {
        var (C, S) = (n.Integer("C"), n.Integer("S"));
        return [.. x.Select((value, i) => Math.Exp(value) / Enumerable.Range(0, C).Sum(c => Math.Exp(x[i / (C * S) * C * S + c * S + i % S])))];
    }
}
