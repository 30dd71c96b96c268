namespace NetDsl;

public static partial class Layers
{
    /// <summary>The natural logarithm of each element, y = ln x. Negative infinity at 0, not a number below.</summary>
    [Elementwise(nameof(Scalar.Log), In = typeof(Scalar))]
    public static Tensor Log(Tensor x) => throw new NotExecutableException();

    /// <summary>y = log(shift + scale x) to a base: Caffe's Log with parameters. For base e, use <see cref="Log(Tensor)"/>.</summary>
    /// <param name="base">The base, greater than 0 and not 1.</param>
    /// <param name="scale">What x is multiplied by.</param>
    /// <param name="shift">What is added to it.</param>
    [Block]
    public static Layer Log(float @base, float scale = 1, float shift = 0) => x => LogOf(@base)(Affine(x, scale, shift));

    /// <summary>The logarithm of each element to a base.</summary>
    /// <param name="base">The base, greater than 0 and not 1.</param>
    [Elementwise(nameof(Scalar.LogOf), In = typeof(Scalar))]
    [Requires("base > 0 && base != 1", "the base is {base}; it must be greater than 0 and not 1", Argument = "base")]
    public static Layer LogOf(float @base) => throw new NotExecutableException();
}

public static partial class Scalar
{
    [Derivative(nameof(LogDerivative))]
    public static float Log(float x) => MathF.Log(x);

    public static float LogDerivative(float x) => 1 / x;

    [Derivative(nameof(LogOfDerivative))]
    public static float LogOf(float x, float @base) => MathF.Log(x) / MathF.Log(@base);

    public static float LogOfDerivative(float x, float @base) => 1 / (x * MathF.Log(@base));
}
