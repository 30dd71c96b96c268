using ILGPU;

namespace NetDsl.Kernels;

/// <summary>The pixels that the right side reads; beside them are zeros.</summary>
/// <param name="memory">The arena.</param>
/// <param name="height">Rows of pixels.</param>
/// <param name="width">Pixels of a row.</param>
/// <param name="strideHeight">Only every so many rows of the places have pixels.</param>
/// <param name="strideWidth">Only every so many columns of the places have pixels.</param>
public readonly struct SimtGrid(ArrayView<float> memory, int height, int width, int strideHeight, int strideWidth)
{
    readonly ArrayView<float> memory = memory;
    readonly int height = height;
    readonly int width = width;
    readonly int strideHeight = strideHeight;
    readonly int strideWidth = strideWidth;

    public float At(Spot column, Spot depth)
    {
        var h = column.Height + depth.Height;
        var w = column.Width + depth.Width;
        if (strideHeight > 1 || strideWidth > 1)
        {
            var (ho, wo) = (h / strideHeight, w / strideWidth);
            if (ho * strideHeight != h || wo * strideWidth != w)
            {
                return 0f;
            }

            (h, w) = (ho, wo);
        }

        // A negative place is a large one.
        return (uint)h < (uint)height && (uint)w < (uint)width ? memory[column.Start + depth.Start + ((h * width) + w)] : 0f;
    }
}
