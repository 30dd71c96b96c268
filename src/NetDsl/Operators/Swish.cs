namespace NetDsl;

public static partial class Layers
{
    /// <summary>The swish of each element, y = x σ(x), also called SiLU (Ramachandran et al. 2017).</summary>
    [Block]
    public static Tensor Swish(Tensor x) => Swish(1)(x);

    /// <summary>y = x σ(β x): Caffe's Swish.</summary>
    /// <param name="beta">The steepness β.</param>
    [Elementwise(nameof(Scalar.Swish), In = typeof(Scalar))]
    public static Layer Swish(float beta) => throw new NotExecutableException();
}

public static partial class Scalar
{
    [Derivative(nameof(SwishDerivative))]
    public static float Swish(float x, float beta) => x * Sigmoid(beta * x);

    public static float SwishDerivative(float x, float y, float beta) => beta * y + (1 - beta * y) * Sigmoid(beta * x);
}
