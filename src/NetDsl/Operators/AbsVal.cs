namespace NetDsl;

public static partial class Layers
{
    /// <summary>The absolute value of each element, y = |x|: Caffe's AbsVal. The gradient at 0 is 0.</summary>
    [Elementwise(nameof(Scalar.AbsVal), In = typeof(Scalar))]
    public static Tensor AbsVal(Tensor x) => throw new NotExecutableException();
}

public static partial class Scalar
{
    [Derivative(nameof(Sign))]
    public static float AbsVal(float x) => MathF.Abs(x);

    /// <summary>−1, 0 or 1.</summary>
    public static float Sign(float x) => x > 0 ? 1f : x < 0 ? -1f : 0f;
}
