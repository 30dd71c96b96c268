namespace NetDsl.Networks.Blocks;

/// <summary>The Inception module of GoogLeNet (Szegedy et al. 2014): four branches over one input, side by side.</summary>
public static class InceptionModule
{
    /// <summary>1×1, 3×3 and 5×5 convolutions and a pooled projection, each behind a 1×1 reduction.</summary>
    /// <param name="c1">Filters of the 1×1 branch.</param>
    /// <param name="r3">Filters that reduce the input of the 3×3 branch.</param>
    /// <param name="c3">Filters of the 3×3 branch.</param>
    /// <param name="r5">Filters that reduce the input of the 5×5 branch.</param>
    /// <param name="c5">Filters of the 5×5 branch.</param>
    /// <param name="proj">Filters of the projection behind the pooling.</param>
    [Block]
    public static Layer Inception(int c1, int r3, int c3, int r5, int c5, int proj) => x => Concat(
        x | Conv(c1, kernel: 1) | ReLU,
        x | Conv(r3, kernel: 1) | ReLU | Conv(c3, kernel: 3, padding: 1) | ReLU,
        x | Conv(r5, kernel: 1) | ReLU | Conv(c5, kernel: 5, padding: 2) | ReLU,
        x | MaxPool(3, stride: 1, padding: 1) | Conv(proj, kernel: 1) | ReLU);
}
