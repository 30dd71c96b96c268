namespace NetDsl;

public static partial class Layers
{
    /// <summary>e to the power of each element, y = e^x.</summary>
    [Elementwise(nameof(Scalar.Exp), In = typeof(Scalar))]
    public static Tensor Exp(Tensor x) => throw new NotExecutableException();

    /// <summary>y = base^(shift + scale x): Caffe's Exp with parameters. For base e, use <see cref="Exp(Tensor)"/>.</summary>
    /// <param name="base">The base, greater than 0.</param>
    /// <param name="scale">What x is multiplied by.</param>
    /// <param name="shift">What is added to it.</param>
    [Block]
    public static Layer Exp(float @base, float scale = 1, float shift = 0) => x => ExpOf(@base)(Affine(x, scale, shift));

    /// <summary>y = base^x.</summary>
    /// <param name="base">The base, greater than 0.</param>
    [Elementwise(nameof(Scalar.ExpOf), In = typeof(Scalar))]
    [Requires("base > 0", "the base is {base}; it must be greater than 0", Argument = "base")]
    public static Layer ExpOf(float @base) => throw new NotExecutableException();
}

public static partial class Scalar
{
    [Derivative(nameof(ExpDerivative))]
    public static float Exp(float x) => MathF.Exp(x);

    public static float ExpDerivative(float y) => y;

    [Derivative(nameof(ExpOfDerivative))]
    public static float ExpOf(float x, float @base) => MathF.Exp(x * MathF.Log(@base));

    public static float ExpOfDerivative(float y, float @base) => y * MathF.Log(@base);
}
