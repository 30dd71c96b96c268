namespace NetDsl;

/// <summary>What the bins of a spatial pyramid hold: Caffe's <c>SPPParameter.pool</c>.</summary>
public enum PyramidPooling
{
    /// <summary>The maximum.</summary>
    Max,

    /// <summary>The average.</summary>
    Average,
}

public static partial class Layers
{
    /// <summary>
    /// Spatial pyramid pooling of [N, C, H, W] (He et al. 2014), as Caffe's SPP: level l has 2^l × 2^l bins, and all bins of all levels lie side by side in [N, C (4^levels − 1) / 3].
    /// The bins of a level are a pooling with kernel = stride = ⌈size / bins⌉ and padding = ⌊(kernel · bins − size + 1) / 2⌋.
    /// </summary>
    /// <param name="levels">The number of levels: Caffe's <c>pyramid_height</c>.</param>
    /// <param name="pooling">What a bin holds.</param>
    [Block]
    public static Layer SpatialPyramid(int levels, PyramidPooling pooling = PyramidPooling.Max)
    {
        if (levels < 1)
        {
            throw new ArgumentException($"levels is {levels}; a pyramid has at least 1", nameof(levels));
        }

        return x =>
        {
            RequireAxes(x, 4, "[N, C, H, W]");
            var pools = new Layer[levels];
            for (var level = 0; level < levels; level++)
            {
                var bins = 1;
                for (var i = 0; i < level; i++)
                {
                    bins *= 2;
                }

                var (height, width) = (x.Shape[2], x.Shape[3]);
                var kernel = ((height + bins - 1) / bins, (width + bins - 1) / bins);
                var padding = ((kernel.Item1 * bins - height + 1) / 2, (kernel.Item2 * bins - width + 1) / 2);
                if (padding.Item1 >= kernel.Item1 || padding.Item2 >= kernel.Item2)
                {
                    throw new ArgumentException($"level {level} has {bins}×{bins} bins, too many for {height}×{width} pixels; use fewer levels", nameof(levels));
                }

                pools[level] = pooling == PyramidPooling.Max ? MaxPool(kernel, kernel, padding) : AvgPool(kernel, kernel, padding);
            }

            return SpatialPyramid(pools)(x);
        };
    }

    /// <summary>A pyramid of poolings of one's own, each flattened, side by side: [N, C, H, W] to [N, S].</summary>
    /// <param name="poolings">The levels.</param>
    [Block]
    public static Layer SpatialPyramid(params Layer[] poolings) => x =>
    {
        var levels = new Tensor[poolings.Length];
        for (var i = 0; i < poolings.Length; i++)
        {
            levels[i] = Flatten(poolings[i](x));
        }

        return Concat(levels);
    };
}
