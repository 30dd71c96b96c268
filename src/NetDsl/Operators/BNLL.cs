namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The binomial normal log likelihood, y = log(1 + e^x), also called softplus: Caffe's BNLL. Computed as max(x, 0) + log(1 + e^−|x|), which never overflows.
    /// </summary>
    [Elementwise(nameof(Scalar.BNLL), In = typeof(Scalar))]
    public static Tensor BNLL(Tensor x) => throw new NotExecutableException();
}

public static partial class Scalar
{
    [Derivative(nameof(Sigmoid))]
    public static float BNLL(float x) => MathF.Max(x, 0) + MathF.Log(1 + MathF.Exp(-MathF.Abs(x)));
}
