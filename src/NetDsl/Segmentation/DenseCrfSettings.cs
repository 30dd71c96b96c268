namespace NetDsl.Segmentation;

/// <summary>The kernels of a dense conditional random field, and how often it iterates. The defaults are DeepLab's, of which each model has its own.</summary>
public sealed record DenseCrfSettings
{
    /// <summary>Mean-field iterations.</summary>
    public int Iterations { get; init; } = 10;

    /// <summary>The weight of the bilateral kernel: DeepLab's <c>bi_w</c>.</summary>
    public float BilateralWeight { get; init; } = 5;

    /// <summary>Its standard deviation of positions, in pixels: <c>bi_xy_std</c>.</summary>
    public float BilateralPosition { get; init; } = 50;

    /// <summary>Its standard deviation of colours, in the image's units: <c>bi_rgb_std</c>.</summary>
    public float BilateralColour { get; init; } = 10;

    /// <summary>The weight of the spatial kernel: <c>pos_w</c>.</summary>
    public float SpatialWeight { get; init; } = 3;

    /// <summary>Its standard deviation, in pixels: <c>pos_xy_std</c>.</summary>
    public float SpatialPosition { get; init; } = 3;
}
