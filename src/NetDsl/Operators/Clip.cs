namespace NetDsl;

public static partial class Layers
{
    /// <summary>Limits each element to a range, y = min(max(x, lowest), highest): Caffe's Clip. The gradient passes at both ends of the range, as in Caffe.</summary>
    /// <param name="lowest">The lower end.</param>
    /// <param name="highest">The upper end.</param>
    [Elementwise(nameof(Scalar.Clip), In = typeof(Scalar))]
    [Requires("lowest <= highest", "the range begins at {lowest} and ends at {highest}; it must not end before it begins", Argument = "highest")]
    public static Layer Clip(float lowest, float highest) => throw new NotExecutableException();
}

public static partial class Scalar
{
    [Derivative(nameof(ClipDerivative))]
    public static float Clip(float x, float lowest, float highest) => MathF.Min(MathF.Max(x, lowest), highest);

    public static float ClipDerivative(float x, float lowest, float highest) => x >= lowest && x <= highest ? 1 : 0;
}
