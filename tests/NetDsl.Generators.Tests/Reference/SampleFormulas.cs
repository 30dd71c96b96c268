using NetDsl.Generators.Ir;
using static NetDsl.Generators.Tests.Reference.ScalarFormulas;

namespace NetDsl.Generators.Tests.Reference;

/// <summary>The operators of the reference that see a whole sample, from Caffe's definitions.</summary>
static class SampleFormulas
{
    public static double[] Evaluate(Node node, double[]?[] x) => node.Operator.Name switch
    {
        "MaxPool" => Pool(node, x[0]!, static window => window.Largest),
        "AvgPool" => Pool(node, x[0]!, static window => window.Sum / window.Size),
        "Softmax" => Softmax(node, x[0]!),
        "SoftmaxLoss" => SoftmaxLoss(node, x[0]!, x[1]!),
        "LabelIsValid" => [.. x[0]!.Select(label => label == Number(node, "ignoreLabel") ? 0.0 : 1.0)],
        "SampleSum" => [x[0]!.Sum()],
        "ContrastiveDistance" => [Contrastive(x[0]!, x[1]!, x[2]![0], Number(node, "margin"), Number(node, "legacy") != 0)],
        _ => LinearFormulas.Evaluate(node, x) ?? ChannelFormulas.Evaluate(node, x) ?? LossFormulas.Evaluate(node, x) ?? MetricFormulas.Evaluate(node, x) ?? SequenceFormulas.Evaluate(node, x) ?? FilterFormulas.Evaluate(node, x)
            ?? NormalizationFormulas.Evaluate(node, x) ?? WindowFormulas.Evaluate(node, x)
            ?? throw new InvalidOperationException($"The reference has no formula for {node.Operator.Name}."),
    };

    static double[] Pool(Node n, double[] x, Func<Window, double> reduce)
    {
        var (H, W, HO, WO) = (n.Integer("H"), n.Integer("W"), n.Integer("HO"), n.Integer("WO"));
        var (kh, kw, sh, sw) = (n.Integer("kernelHeight"), n.Integer("kernelWidth"), n.Integer("strideHeight"), n.Integer("strideWidth"));
        var (ph, pw) = (n.Integer("paddingHeight"), n.Integer("paddingWidth"));
        var result = new double[n.Integer("C") * HO * WO];
        for (var i = 0; i < result.Length; i++)
        {
            var (top, left) = ((i / WO % HO * sh) - ph, (i % WO * sw) - pw);
            var (bottom, right) = (Math.Min(top + kh, H + ph), Math.Min(left + kw, W + pw));
            var (sum, largest) = (0.0, double.NegativeInfinity);
            for (var h = Math.Max(top, 0); h < Math.Min(bottom, H); h++)
            {
                for (var w = Math.Max(left, 0); w < Math.Min(right, W); w++)
                {
                    var value = x[((i / (HO * WO) * H) + h) * W + w];
                    (sum, largest) = (sum + value, Math.Max(largest, value));
                }
            }

            result[i] = reduce(new(sum, largest, (bottom - top) * (right - left)));
        }

        return result;
    }

    /// <summary>What lies in a window; its size counts the padding, as Caffe's does.</summary>
    readonly record struct Window(double Sum, double Largest, int Size);

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
}
