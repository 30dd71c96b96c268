namespace NetDsl;

public static partial class Layers
{
    /// <summary>The same elements under another shape.</summary>
    /// <param name="x">The input.</param>
    /// <param name="sizes">The sizes behind the batch axis; one may be −1, to be worked out from the others, and 0 keeps the input's size at this place (Caffe's rule).</param>
    [Operator("[N, …] -> [N, sizes]", Movement = Movement.Reshape)]
    public static Tensor Reshape(Tensor x, int[] sizes) => throw new NotExecutableException();

    /// <summary>As <see cref="Reshape(Tensor, int[])"/>, for a pipeline: <c>x | Reshape(16, -1)</c>.</summary>
    [Block]
    public static Layer Reshape(params int[] sizes) => x => Reshape(x, sizes);

    /// <summary>Joins all axes behind the batch into one: [N, …] to [N, S].</summary>
    [Block]
    public static Tensor Flatten(Tensor x) => Reshape(x, [-1]);
}
