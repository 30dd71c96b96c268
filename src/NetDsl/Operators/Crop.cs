namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Cuts [N, C, …] to where another tensor lies: to its sizes behind the channels, from <see cref="Tensor.OffsetOf"/> on, which the compiler works out. That is pycaffe's <c>crop</c>, with
    /// which the offsets of fully convolutional networks are found (Long et al. 2015).
    /// </summary>
    /// <param name="like">A tensor of the same resolution that is computed from the same image.</param>
    [Block]
    public static Layer Crop(Tensor like) => x =>
    {
        if (like.Shape.Count != x.Shape.Count)
        {
            throw new ArgumentException($"it has {like.Shape.Count} axes, but the input has {x.Shape.Count}", nameof(like));
        }

        var offset = x.OffsetOf(like);
        for (var i = 2; i < x.Shape.Count; i++)
        {
            if (offset[i - 2] < 0)
            {
                throw new ArgumentException($"it would begin {-offset[i - 2]} before the first element of axis {i}; put a border around its input with Pad", nameof(like));
            }

            x = Slice(x, offset[i - 2], like.Shape[i], axis: i);
        }

        return x;
    };

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
        x =>
        {
            RequireAxes(x, 4, "[N, C, H, W]");
            RequireNotNegative(Math.Min(offset.Top, offset.Left), nameof(offset), "the offset");
            return Crop(x, like, 2, offset.Top, offset.Left);
        };

    /// <summary>Cuts the axes from <paramref name="axis"/> on to the sizes of another tensor: Caffe's Crop with any axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="like">The tensor whose sizes the result takes.</param>
    /// <param name="axis">The first axis that is cut, counted with the batch as axis 0.</param>
    /// <param name="offsets">The first element that stays on each of these axes; one number holds for all.</param>
    [Block]
    public static Tensor Crop(Tensor x, Tensor like, int axis, params int[] offsets)
    {
        RequireAxis(x, axis);
        if (like.Shape.Count != x.Shape.Count)
        {
            throw new ArgumentException($"it has {like.Shape.Count} axes, but the input has {x.Shape.Count}", nameof(like));
        }

        if (offsets.Length > 1 && offsets.Length != x.Shape.Count - axis)
        {
            throw new ArgumentException($"{offsets.Length} offsets do not fit the {x.Shape.Count - axis} axes from axis {axis} on; give one for each, or one for all", nameof(offsets));
        }

        for (var i = axis; i < x.Shape.Count; i++)
        {
            x = Slice(x, offsets.Length == 0 ? 0 : offsets.Length == 1 ? offsets[0] : offsets[i - axis], like.Shape[i], i);
        }

        return x;
    }
}
