namespace NetDsl;

/// <summary>The shape of an input of a network: <c>[Shape(Batch, 1, 28, 28)] Tensor image</c>.</summary>
/// <param name="sizes">The sizes, outermost first; <see cref="Layers.Batch"/> stands for the free batch axis.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ShapeAttribute(params int[] sizes) : Attribute
{
    /// <summary>The sizes, outermost first.</summary>
    public int[] Sizes { get; } = sizes;
}
