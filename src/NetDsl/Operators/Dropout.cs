namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// In training sets each element to 0 with probability <paramref name="rate"/> and scales the others by 1 / (1 − rate) (Srivastava et al. 2014); in
    /// prediction it does nothing. What is dropped depends only on seed, step, layer, sample and element.
    /// </summary>
    /// <param name="rate">The probability of dropping an element, in [0, 1).</param>
    [Elementwise(nameof(Scalar.Dropout), In = typeof(Scalar), TrainingOnly = true)]
    [Requires("rate >= 0 && rate < 1", "the rate is {rate}; it must be at least 0 and less than 1", Argument = "rate")]
    public static Layer Dropout(float rate = 0.5f) => throw new NotExecutableException();
}

public static partial class Scalar
{
    [Derivative(nameof(DropoutDerivative))]
    public static float Dropout(float x, float random, float rate) => random < rate ? 0 : x / (1 - rate);

    public static float DropoutDerivative(float random, float rate) => random < rate ? 0 : 1 / (1 - rate);
}
