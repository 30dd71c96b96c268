using NetDsl.Generators.Ir;
using static NetDsl.Generators.Tests.Reference.ScalarFormulas;

namespace NetDsl.Generators.Tests.Reference;

/// <summary>What metrics count.</summary>
static class MetricFormulas
{
    public static double[]? Evaluate(Node node, double[]?[] x) => node.Operator.Name switch
    {
        "IsAmongBest" => AmongBest(node, x[0]!, x[1]!),
        "ConfusionCell" => Cells(node, x[0]!, x[1]!),
        "Histogram" => [.. Enumerable.Range(0, (int)node.Type.Count).Select(bin => (double)x[0]!.Count(value => value == bin))],
        _ => null,
    };

    static double[] AmongBest(Node node, double[] scores, double[] labels)
    {
        var (S, C) = (labels.Length, scores.Length / labels.Length);
        return [.. labels.Select((label, s) =>
            Enumerable.Range(0, C).Count(c => c != (int)label && scores[c * S + s] >= scores[(int)label * S + s]) < node.Integer("top") ? 1.0 : 0.0)];
    }

    /// <summary>label · C + the first class of the largest score.</summary>
    static double[] Cells(Node node, double[] scores, double[] labels)
    {
        var (S, C) = (labels.Length, scores.Length / labels.Length);
        return [.. labels.Select((label, s) => label == Number(node, "ignoreLabel") ? -1 : label * C + Enumerable.Range(0, C).MaxBy(c => scores[c * S + s]))];
    }
}
