namespace NetDsl;

public static partial class Layers
{
    /// <summary>The hyperbolic tangent of each element.</summary>
    [Elementwise(nameof(Scalar.Tanh), In = typeof(Scalar))]
    public static Tensor Tanh(Tensor x) => throw new NotExecutableException();
}

/// <summary>The scalar functions of elementwise operators, each beside its operator.</summary>
public static partial class Scalar
{
    [Derivative(nameof(TanhDerivative))]
    public static float Tanh(float x) => MathF.Tanh(x);

    public static float TanhDerivative(float y) => 1 - y * y;
}
