namespace NetDsl;

public static partial class Layers
{
    /// <summary>The Gaussian error linear unit, y = x Φ(x) with the normal distribution Φ (Hendrycks and Gimpel 2016).</summary>
    [Elementwise(nameof(Scalar.GELU), In = typeof(Scalar))]
    public static Tensor GELU(Tensor x) => throw new NotExecutableException();
}

public static partial class Scalar
{
    [Derivative(nameof(GELUDerivative))]
    public static float GELU(float x) => x * Normal(x);

    public static float GELUDerivative(float x) => Normal(x) + x * 0.398942280f * MathF.Exp(-0.5f * x * x);

    /// <summary>The normal distribution, (1 + erf(x / √2)) / 2.</summary>
    public static float Normal(float x)
    {
        var tail = 0.5f * ErfcOfPositive(MathF.Abs(x) * 0.707106781f);
        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>1 − erf(x) for x ≥ 0, to 1.5e-7 (Abramowitz and Stegun 1964, formula 7.1.26).</summary>
    public static float ErfcOfPositive(float x)
    {
        var t = 1 / (1 + 0.3275911f * x);
        return t * (0.254829592f + t * (-0.284496736f + t * (1.421413741f + t * (-1.453152027f + t * 1.061405429f)))) * MathF.Exp(-x * x);
    }
}
