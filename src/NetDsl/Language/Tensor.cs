namespace NetDsl;

/// <summary>
/// A tensor in the declaration of a network: a shape that the compiler knows, and no data. Its arithmetic is made of operators, like any helper.
/// </summary>
public sealed class Tensor
{
    Tensor() { }

    /// <summary>The sizes, batch first (the batch reads as <see cref="Layers.Batch"/>). Constants to the compiler.</summary>
    public IReadOnlyList<int> Shape => throw new NotExecutableException();

    /// <summary>
    /// Where another tensor begins in this one, if both lay over the image that they are computed from: the first element on each axis from axis 2 on. The compiler works it out from strides,
    /// paddings and kernels, as pycaffe's <c>coord_map.py</c> does; two tensors of different resolution have none (NDSL207). Constants to the compiler.
    /// </summary>
    /// <param name="other">A tensor that is computed from the same one, with as many axes.</param>
    public IReadOnlyList<int> OffsetOf(Tensor other) => throw new NotExecutableException();

    /// <summary>Applies a layer: F#'s <c>x |> f</c>.</summary>
    public static Tensor operator |(Tensor x, Layer layer) => throw new NotExecutableException();

    /// <summary>Adds two tensors of one shape, element by element.</summary>
    [Block]
    public static Tensor operator +(Tensor a, Tensor b) => Layers.Add(a, b);

    /// <summary>Subtracts two tensors of one shape, element by element.</summary>
    [Block]
    public static Tensor operator -(Tensor a, Tensor b) => Layers.Subtract(a, b);

    /// <summary>Multiplies two tensors of one shape, element by element.</summary>
    [Block]
    public static Tensor operator *(Tensor a, Tensor b) => Layers.Multiply(a, b);

    /// <summary>Divides two tensors of one shape, element by element.</summary>
    [Block]
    public static Tensor operator /(Tensor a, Tensor b) => Layers.Divide(a, b);

    /// <summary>Adds a constant to every element.</summary>
    [Block]
    public static Tensor operator +(Tensor x, float constant) => Layers.Affine(x, 1, constant);

    /// <summary>Adds a constant to every element.</summary>
    [Block]
    public static Tensor operator +(float constant, Tensor x) => Layers.Affine(x, 1, constant);

    /// <summary>Subtracts a constant from every element.</summary>
    [Block]
    public static Tensor operator -(Tensor x, float constant) => Layers.Affine(x, 1, -constant);

    /// <summary>Subtracts every element from a constant.</summary>
    [Block]
    public static Tensor operator -(float constant, Tensor x) => Layers.Affine(x, -1, constant);

    /// <summary>Multiplies every element by a constant.</summary>
    [Block]
    public static Tensor operator *(Tensor x, float constant) => Layers.Affine(x, constant, 0);

    /// <summary>Multiplies every element by a constant.</summary>
    [Block]
    public static Tensor operator *(float constant, Tensor x) => Layers.Affine(x, constant, 0);

    /// <summary>Divides every element by a constant.</summary>
    [Block]
    public static Tensor operator /(Tensor x, float constant) => Layers.Affine(x, 1 / constant, 0);

    /// <summary>Negates every element.</summary>
    [Block]
    public static Tensor operator -(Tensor x) => Layers.Affine(x, -1, 0);
}
