namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The elements as they are, through which no gradient flows: Caffe's <c>propagate_down: false</c>. No backward code is compiled for what only leads here. To keep weights as they are and
    /// still reach what lies before them, use <see cref="Freeze"/>.
    /// </summary>
    [Elementwise(nameof(Scalar.StopGradient), In = typeof(Scalar))]
    public static Tensor StopGradient(Tensor x) => throw new NotExecutableException();
}

public static partial class Scalar
{
    public static float StopGradient(float x) => x;
}
