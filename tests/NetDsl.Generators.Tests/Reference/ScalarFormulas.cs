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
        "ELU" => x[0] > 0 ? x[0] : Number(node, "alpha") * (Math.Exp(x[0]) - 1),
        "AbsVal" => Math.Abs(x[0]),
        "BNLL" => Math.Log(1 + Math.Exp(x[0])),
        "Exp" => Math.Exp(x[0]),
        "ExpOf" => Math.Pow(Number(node, "base"), x[0]),
        "Log" => Math.Log(x[0]),
        "LogOf" => Math.Log(x[0]) / Math.Log(Number(node, "base")),
        "RealPower" or "WholePower" => Math.Pow(x[0], Number(node, "power")),
        "Clip" => Math.Clamp(x[0], Number(node, "lowest"), Number(node, "highest")),
        "StopGradient" => x[0],
        "Threshold" => x[0] > Number(node, "threshold") ? 1 : 0,
        "Swish" => x[0] / (1 + Math.Exp(-Number(node, "beta") * x[0])),
        "GELU" => x[0] * NormalDistribution(x[0]),
        "Larger" => Math.Max(x[0], x[1]),
        "DividedByPower" => x[0] * Math.Pow(x[1], -Number(node, "power")),
        "SigmoidLoss" => -x[1] * Math.Log(1 / (1 + Math.Exp(-x[0]))) - (1 - x[1]) * Math.Log(1 - 1 / (1 + Math.Exp(-x[0]))),
        "Differs" => x[0] == Number(node, "value") ? 0 : 1,
        "LabelValue" => x[0],
        "LabelWeight" => x[0] == Number(node, "label") ? Number(node, "weight") : 0,
        "SmoothAbsolute" => Smooth(Math.Abs(x[0]), Number(node, "sigma")),
        "InTraining" => x[1],
        "AtLeastOne" => Math.Max(x[0], 1),
        "Dropout" => ScalarLane.Uniform(StepRandom.Key(Seed, Step, (uint)node.Key), element, sample).Value < (float)Number(node, "rate") ? 0 : x[0] / (1 - Number(node, "rate")),
        var name => throw new InvalidOperationException($"The reference has no formula for {name}."),
    };

    static double Smooth(double distance, double sigma) => distance < 1 / (sigma * sigma) ? 0.5 * sigma * sigma * distance * distance : distance - 0.5 / (sigma * sigma);

    /// <summary>Φ(x) = 1/2 + φ(x) (x + x³/3 + x⁵/(3·5) + …) (Marsaglia 2004).</summary>
    static double NormalDistribution(double x)
    {
        var (sum, term) = (x, x);
        for (var n = 3; n < 200; n += 2)
        {
            term *= x * x / n;
            sum += term;
        }

        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }

    public static double Number(Node node, string constant)
    {
        var literal = node.Literal(constant).TrimEnd('f', 'F', 'd').Replace("_", "", StringComparison.Ordinal);
        return literal is "true" or "false" ? (literal == "true" ? 1 : 0) : literal == "int.MinValue" ? int.MinValue : double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
