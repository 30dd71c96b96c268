namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Σ f(a − b) / N, as a scalar, with f(d) = σ² d² / 2 for |d| &lt; 1 / σ² and |d| − 1 / (2 σ²) otherwise (Girshick 2015; SmoothL1Loss of the Caffe forks). N counts samples.
    /// </summary>
    /// <param name="a">Predictions, [N, …].</param>
    /// <param name="b">Targets, of the same shape; both operands get gradients.</param>
    /// <param name="sigma">Where the parabola ends: at 1 / σ².</param>
    [Block]
    public static Tensor SmoothL1(Tensor a, Tensor b, float sigma = 1) => BatchMean(SampleSum(SmoothAbsolute(a - b, sigma)));

    /// <summary>f(x) of <see cref="SmoothL1"/>, element by element.</summary>
    [Elementwise(nameof(Scalar.SmoothAbsolute), In = typeof(Scalar))]
    [Requires("sigma > 0", "sigma is {sigma}; it must be greater than 0", Argument = "sigma")]
    public static Tensor SmoothAbsolute(Tensor x, float sigma) => throw new NotExecutableException();
}

public static partial class Scalar
{
    [Derivative(nameof(SmoothAbsoluteDerivative))]
    public static float SmoothAbsolute(float x, float sigma) =>
        MathF.Abs(x) < 1 / (sigma * sigma) ? 0.5f * sigma * sigma * x * x : MathF.Abs(x) - 0.5f / (sigma * sigma);

    public static float SmoothAbsoluteDerivative(float x, float sigma) => MathF.Abs(x) < 1 / (sigma * sigma) ? sigma * sigma * x : x > 0 ? 1f : -1f;
}
