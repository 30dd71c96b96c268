namespace NetDsl;

public static partial class Layers
{
    /// <summary>The exponential linear unit, y = x for positive x, α (e^x − 1) otherwise (Clevert et al. 2015; Caffe's ELU).</summary>
    /// <param name="alpha">The value that very negative inputs tend to, negated.</param>
    [Elementwise(nameof(Scalar.ELU), In = typeof(Scalar))]
    public static Layer ELU(float alpha = 1) => throw new NotExecutableException();
}

public static partial class Scalar
{
    [Derivative(nameof(ELUDerivative))]
    public static float ELU(float x, float alpha) => x > 0 ? x : alpha * (MathF.Exp(MathF.Min(x, 0)) - 1);

    public static float ELUDerivative(float x, float y, float alpha) => x > 0 ? 1 : y + alpha;
}
