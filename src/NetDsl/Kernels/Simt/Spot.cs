namespace NetDsl.Kernels;

/// <summary>
/// A half of where an element of the right side lies: a column's and a depth's add up. A start in memory, and a place on a grid of pixels behind it.
/// </summary>
public readonly struct Spot(long start, int height, int width)
{
    public long Start { get; } = start;
    public int Height { get; } = height;
    public int Width { get; } = width;

    /// <summary>A column behind the last: no depth brings it onto the grid.</summary>
    public static Spot Nowhere => new(0, -(1 << 29), 0);
}
