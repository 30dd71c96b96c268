using NetDsl.Generators.Ir;
using static NetDsl.Generators.Tests.Reference.ScalarFormulas;

namespace NetDsl.Generators.Tests.Reference;

/// <summary>Normalisations within a sample, from their papers' and Caffe's definitions.</summary>
static class NormalizationFormulas
{
    public static double[]? Evaluate(Node node, double[]?[] x) => node.Operator.Name switch
    {
        "Center" => Rows(node, x[0]!, static row => row.Select(value => value - row.Average())),
        "Standardize" => Rows(node, x[0]!, row =>
        {
            var variance = row.Average(value => Math.Pow(value - row.Average(), 2));
            return row.Select(value => (value - row.Average()) / (Math.Sqrt(variance + Number(node, "varianceEpsilon")) + Number(node, "deviationEpsilon")));
        }),
        "LayerNorm" => [.. x[0]!.Select((value, i) => value * x[1]![i % x[1]!.Length] + x[2]![i % x[1]!.Length])],
        "GroupNorm" => [.. x[0]!.Select((value, i) => value * x[1]![i / (x[0]!.Length / x[1]!.Length)] + x[2]![i / (x[0]!.Length / x[1]!.Length)])],
        "Normalize" => [.. x[0]!.Select((value, i) => x[0]!.Length / node.Type.Sizes[0] is var positions
            ? value / Math.Sqrt(x[0]!.Where((_, j) => j % positions == i % positions).Sum(static v => v * v) + Number(node, "epsilon"))
            : 0)],
        _ => null,
    };

    static double[] Rows(Node node, double[] x, Func<double[], IEnumerable<double>> row) => [.. x.Chunk(x.Length / (int)node.Type.Sizes[0]).SelectMany(row)];
}
