using NetDsl.Generators.Ir;
using static NetDsl.Generators.Tests.Reference.ScalarFormulas;

namespace NetDsl.Generators.Tests.Reference;

/// <summary>The operators of the reference that keep channels apart or slide over them, element by element from their definitions.</summary>
static class ChannelFormulas
{
    public static double[]? Evaluate(Node node, double[]?[] x) => node.Operator.Name switch
    {
        "LrnScale" => LrnScale(node, x[0]!),
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

    /// <summary>k + α/n Σ x², over the n channels around each.</summary>
    static double[] LrnScale(Node node, double[] x)
    {
        var (C, n, k, alpha) = (node.Integer("C"), node.Integer("size"), Number(node, "k"), Number(node, "alpha"));
        return Each(node, (c, s, S) =>
        {
            var sum = 0.0;
            for (var other = Math.Max(c - (n / 2), 0); other < Math.Min(c - (n / 2) + n, C); other++)
            {
                sum += x[(other * S) + s] * x[(other * S) + s];
            }

            return k + (alpha / n * sum);
        });
    }

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

    static double[] SoftmaxAlong(Node n, double[] x)
    {
        var (C, S) = (n.Integer("C"), n.Integer("S"));
        return [.. x.Select((value, i) => Math.Exp(value) / Enumerable.Range(0, C).Sum(c => Math.Exp(x[i / (C * S) * C * S + c * S + i % S])))];
    }
}
