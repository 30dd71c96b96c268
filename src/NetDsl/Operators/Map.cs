namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Applies a scalar function of your own to each element: <c>x | Map(Swish)</c>, where <c>Swish</c> is a static method of one expression that names its
    /// derivative by <see cref="DerivativeAttribute"/>.
    /// </summary>
    /// <param name="function">The scalar function.</param>
    [Elementwise(nameof(function))]
    public static Layer Map(Func<float, float> function) => throw new NotExecutableException();
}
