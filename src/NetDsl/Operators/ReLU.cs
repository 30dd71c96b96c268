namespace NetDsl;

public static partial class Layers
{
    /// <summary>The rectified linear unit, y = max(x, 0) (Nair and Hinton 2010). The gradient at 0 is 0, as in Caffe.</summary>
    [Elementwise(nameof(Scalar.ReLU), In = typeof(Scalar))]
    public static Tensor ReLU(Tensor x) => throw new NotExecutableException();

    /// <summary>y = x for positive x, slope · x otherwise: Caffe's ReLU with a <c>negative_slope</c>.</summary>
    /// <param name="slope">The slope for negative inputs.</param>
    [Elementwise(nameof(Scalar.LeakyReLU), In = typeof(Scalar))]
    public static Layer LeakyReLU(float slope = 0.01f) => throw new NotExecutableException();
}

public static partial class Scalar
{
    [Derivative(nameof(ReLUDerivative))]
    public static float ReLU(float x) => MathF.Max(x, 0);

    public static float ReLUDerivative(float y) => y > 0 ? 1 : 0;

    [Derivative(nameof(LeakyReLUDerivative))]
    public static float LeakyReLU(float x, float slope) => x > 0 ? x : slope * x;

    public static float LeakyReLUDerivative(float x, float slope) => x > 0 ? 1 : slope;
}
