namespace NetDsl.Kernels;

/// <summary>An index on three axes: a sample's pixel, or a channel's tap.</summary>
public readonly struct Place(int outer, int middle, int inner)
{
    public int Outer { get; } = outer;
    public int Middle { get; } = middle;
    public int Inner { get; } = inner;
}
