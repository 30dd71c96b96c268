namespace NetDsl;

public static partial class Layers
{
    /// <summary>1 for each element greater than a threshold, 0 for the others: Caffe's Threshold. No gradient.</summary>
    /// <param name="threshold">The threshold.</param>
    [Elementwise(nameof(Scalar.Threshold), In = typeof(Scalar))]
    public static Layer Threshold(float threshold = 0) => throw new NotExecutableException();
}

public static partial class Scalar
{
    public static float Threshold(float x, float threshold) => x > threshold ? 1f : 0f;
}
