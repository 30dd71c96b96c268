using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>The logistic function of each element, y = 1 / (1 + e^−x).</summary>
    [Elementwise(nameof(Scalar.Sigmoid), In = typeof(Scalar))]
    public static Tensor Sigmoid(Tensor x) => throw new NotExecutableException();
}

public static partial class Scalar
{
    /// <summary>The logistic function, 1 / (1 + e^−x).</summary>
    [LanesFunction(nameof(LanesMath.Sigmoid))]
    [Derivative(nameof(SigmoidDerivative))]
    public static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));

    public static float SigmoidDerivative(float y) => y * (1 - y);
}
