using NetDsl.Generators.Ir;
using static NetDsl.Generators.Tests.Reference.ScalarFormulas;

namespace NetDsl.Generators.Tests.Reference;

/// <summary>What samples cost, from Caffe's definitions.</summary>
static class LossFormulas
{
    public static double[]? Evaluate(Node node, double[]?[] x) => node.Operator.Name switch
    {
        "HingeLoss" => [x[0]!.Select((score, c) => Math.Pow(Math.Max(0, 1 - (c == (int)x[1]![0] ? score : -score)), 1 + Number(node, "squared"))).Sum()],
        "NegativeLogLikelihood" => Each(x[0]!, x[1]!, (probability, label) => -Math.Log(Math.Max(probability(label), 1e-20))),
        "InfogainLoss" => Infogain(node, x[0]!, x[1]!, x[2]!),
        _ => null,
    };

    /// <summary>Every position, by what its classes have and its label.</summary>
    static double[] Each(double[] classes, double[] labels, Func<Func<int, double>, int, double> loss) =>
        [.. labels.Select((label, s) => loss(c => classes[c * labels.Length + s], (int)label))];

    static double[] Infogain(Node node, double[] scores, double[] labels, double[] matrix)
    {
        var classes = Enumerable.Range(0, scores.Length / labels.Length).ToArray();
        return Each(scores, labels, (score, label) =>
        {
            var sum = classes.Sum(c => Math.Exp(score(c)));
            return label == Number(node, "ignoreLabel") ? 0 : -classes.Sum(k => matrix[label * classes.Length + k] * Math.Log(Math.Exp(score(k)) / sum));
        });
    }
}
