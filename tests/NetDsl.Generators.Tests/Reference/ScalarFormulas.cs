using System.Globalization;
using NetDsl.Generators.Ir;
using NetDsl.Kernels;

namespace NetDsl.Generators.Tests.Reference;

/// <summary>The elementwise operators of the reference, one line each.</summary>
static class ScalarFormulas
{
    /// <summary>The key of the step that dropout is compared in: seed and step of the network under test.</summary>
    public const uint Seed = 7, Step = 0;

    public static double Evaluate(Node node, double[] x, uint element, uint sample) => node.Operator.Name switch
    {
        "Add" => x[0] + x[1],
        "Subtract" => x[0] - x[1],
        "Multiply" => x[0] * x[1],
        "Divide" => x[0] / x[1],
        "Affine" => Number(node, "scale") * x[0] + Number(node, "shift"),
        "ReLU" => Math.Max(x[0], 0),
        "LeakyReLU" => x[0] > 0 ? x[0] : Number(node, "slope") * x[0],
        "Tanh" => Math.Tanh(x[0]),
        "Sigmoid" => 1 / (1 + Math.Exp(-x[0])),
        "Map" => x[0] / (1 + Math.Exp(-x[0])), // The cases map Swish.
        "AtLeastOne" => Math.Max(x[0], 1),
        "Dropout" => ScalarLane.Uniform(StepRandom.Key(Seed, Step, (uint)node.Key), element, sample).Value < (float)Number(node, "rate") ? 0 : x[0] / (1 - Number(node, "rate")),
        var name => throw new InvalidOperationException($"The reference has no formula for {name}."),
    };

    public static double Number(Node node, string constant)
    {
        var literal = node.Literal(constant).TrimEnd('f', 'F', 'd').Replace("_", "", StringComparison.Ordinal);
        return literal == "int.MinValue" ? int.MinValue : double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
