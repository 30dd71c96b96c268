namespace NetDsl;

public static partial class Layers
{
    /// <summary>Cuts [N, C, H, W] to the height and width of another tensor: Caffe's Crop with <c>axis: 2</c>.</summary>
    /// <param name="like">The tensor whose height and width the result takes.</param>
    /// <param name="offset">The first row and column that stay, in pixels.</param>
    [Block]
    public static Layer Crop(Tensor like, int offset) => Crop(like, (offset, offset));

    /// <summary>As <see cref="Crop(Tensor, int)"/>, with offsets of their own.</summary>
    /// <param name="like">The tensor whose height and width the result takes.</param>
    /// <param name="offset">The first row and the first column that stay, in pixels.</param>
    [Block]
    public static Layer Crop(Tensor like, (int Top, int Left) offset) =>
        x => Slice(Slice(x, offset.Top, like.Shape[2], axis: 2), offset.Left, like.Shape[3], axis: 3);

    /// <summary>Cuts the axes from <paramref name="axis"/> on to the sizes of another tensor: Caffe's Crop with any axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="like">The tensor whose sizes the result takes.</param>
    /// <param name="axis">The first axis that is cut, counted with the batch as axis 0.</param>
    /// <param name="offsets">The first element that stays on each of these axes; one number holds for all.</param>
    [Block]
    public static Tensor Crop(Tensor x, Tensor like, int axis, params int[] offsets)
    {
        RequireAxis(x, axis);
        for (var i = axis; i < x.Shape.Count; i++)
        {
            x = Slice(x, offsets.Length == 0 ? 0 : offsets.Length == 1 ? offsets[0] : offsets[i - axis], like.Shape[i], i);
        }

        return x;
    }
}
