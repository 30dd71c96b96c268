using NetDsl.Generators.Ir;
using static NetDsl.Generators.Tests.Reference.ScalarFormulas;

namespace NetDsl.Generators.Tests.Reference;

/// <summary>The operators of the reference that see a whole sample, from Caffe's definitions.</summary>
static class SampleFormulas
{
    public static double[] Evaluate(Node node, double[]?[] x) => node.Operator.Name switch
    {
        "Conv" => Convolution(node, x[0]!, x[1]!, x[2]),
        "Dense" => Dense(node, x[0]!, x[1]!, x[2]),
        "MaxPool" => Pool(node, x[0]!, static window => window.Values.Max()),
        "AvgPool" => Pool(node, x[0]!, static window => window.Values.Sum() / window.Size),
        "Softmax" => Softmax(node, x[0]!),
        "SoftmaxLoss" => SoftmaxLoss(node, x[0]!, x[1]!),
        "LabelIsValid" => [.. x[0]!.Select(label => label == Number(node, "ignoreLabel") ? 0.0 : 1.0)],
        "SampleSum" => [x[0]!.Sum()],
        "ContrastiveDistance" => [Contrastive(x[0]!, x[1]!, x[2]![0], Number(node, "margin"), Number(node, "legacy") != 0)],
        "IsAmongBest" => AmongBest(node, x[0]!, x[1]!),
        _ => ChannelFormulas.Evaluate(node, x) ?? LossFormulas.Evaluate(node, x) ?? SequenceFormulas.Evaluate(node, x) ?? FilterFormulas.Evaluate(node, x)
            ?? NormalizationFormulas.Evaluate(node, x) ?? WindowFormulas.Evaluate(node, x)
            ?? throw new InvalidOperationException($"The reference has no formula for {node.Operator.Name}."),
    };

    static double[] Convolution(Node n, double[] x, double[] weight, double[]? bias)
    {
        var (C, H, W, K, HO, WO) = (n.Integer("C"), n.Integer("H"), n.Integer("W"), n.Integer("K"), n.Integer("HO"), n.Integer("WO"));
        var (kh, kw, cg, kg) = (n.Integer("kernelHeight"), n.Integer("kernelWidth"), C / n.Integer("group"), K / n.Integer("group"));
        var (sh, sw, ph, pw) = (n.Integer("strideHeight"), n.Integer("strideWidth"), n.Integer("paddingHeight"), n.Integer("paddingWidth"));
        var (dh, dw) = (n.Integer("dilationHeight"), n.Integer("dilationWidth"));
        var result = new double[K * HO * WO];
        for (var k = 0; k < K; k++)
        {
            for (var i = 0; i < HO * WO; i++)
            {
                var sum = bias?[k] ?? 0;
                for (var c = 0; c < cg; c++)
                {
                    for (var r = 0; r < kh; r++)
                    {
                        var h = (i / WO * sh) - ph + (r * dh);
                        for (var s = 0; s < kw && h >= 0 && h < H; s++)
                        {
                            var w = (i % WO * sw) - pw + (s * dw);
                            if (w >= 0 && w < W)
                            {
                                sum += weight[(((k * cg) + c) * kh + r) * kw + s] * x[((((k / kg * cg) + c) * H) + h) * W + w];
                            }
                        }
                    }
                }

                result[k * HO * WO + i] = sum;
            }
        }

        return result;
    }

    static double[] Dense(Node n, double[] x, double[] weight, double[]? bias)
    {
        var result = new double[n.Integer("U")];
        for (var u = 0; u < result.Length; u++)
        {
            var sum = bias?[u] ?? 0;
            for (var i = 0; i < x.Length; i++)
            {
                sum += x[i] * weight[u * x.Length + i];
            }

            result[u] = sum;
        }

        return result;
    }

    static double[] Pool(Node n, double[] x, Func<(List<double> Values, int Size), double> reduce)
    {
        var (C, H, W, HO, WO) = (n.Integer("C"), n.Integer("H"), n.Integer("W"), n.Integer("HO"), n.Integer("WO"));
        var (ph, pw) = (n.Integer("paddingHeight"), n.Integer("paddingWidth"));
        var result = new List<double>();
        for (var i = 0; i < C * HO * WO; i++)
        {
            var top = i / WO % HO * n.Integer("strideHeight") - ph;
            var left = i % WO * n.Integer("strideWidth") - pw;
            var bottom = Math.Min(top + n.Integer("kernelHeight"), H + ph);
            var right = Math.Min(left + n.Integer("kernelWidth"), W + pw);
            var window = new List<double>();
            for (var h = Math.Max(top, 0); h < Math.Min(bottom, H); h++)
            {
                for (var w = Math.Max(left, 0); w < Math.Min(right, W); w++)
                {
                    window.Add(x[(i / (HO * WO) * H + h) * W + w]);
                }
            }

            result.Add(reduce((window, (bottom - top) * (right - left))));
        }

        return [.. result];
    }

    static double[] Softmax(Node n, double[] x)
    {
        var (C, S) = ((int)n.Type.Sizes[0], x.Length / (int)n.Type.Sizes[0]);
        var result = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            result[i] = Math.Exp(x[i]) / Enumerable.Range(0, C).Sum(c => Math.Exp(x[c * S + i % S]));
        }

        return result;
    }

    static double[] SoftmaxLoss(Node n, double[] scores, double[] labels)
    {
        var (S, C) = (labels.Length, scores.Length / labels.Length);
        return [.. labels.Select((label, s) => label == Number(n, "ignoreLabel")
            ? 0
            : Math.Log(Enumerable.Range(0, C).Sum(c => Math.Exp(scores[c * S + s]))) - scores[(int)label * S + s])];
    }

    static double Contrastive(double[] a, double[] b, double same, double margin, bool legacy)
    {
        var square = a.Zip(b, static (p, q) => (p - q) * (p - q)).Sum();
        return same != 0 ? square : legacy ? Math.Max(margin - square, 0) : Math.Pow(Math.Max(margin - Math.Sqrt(square), 0), 2);
    }

    static double[] AmongBest(Node n, double[] scores, double[] labels)
    {
        var (S, C) = (labels.Length, scores.Length / labels.Length);
        return [.. labels.Select((label, s) =>
            Enumerable.Range(0, C).Count(c => c != (int)label && scores[c * S + s] >= scores[(int)label * S + s]) < n.Integer("top") ? 1.0 : 0.0)];
    }
}
