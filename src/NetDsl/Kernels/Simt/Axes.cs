namespace NetDsl.Kernels;

/// <summary>Three axes along which a flat index counts; the outer one has no end.</summary>
/// <param name="middle">The size of the middle axis.</param>
/// <param name="inner">The size of the inner axis.</param>
public readonly struct Axes(int middle, int inner)
{
    public int Middle { get; } = middle;
    public int Inner { get; } = inner;

    public Place At(int index) => new(index / Inner / Middle, index / Inner % Middle, index % Inner);

    public int Flat(Place place) => (((place.Outer * Middle) + place.Middle) * Inner) + place.Inner;

    /// <summary>The place by so much further, without a division.</summary>
    public Place Add(Place place, Place distance)
    {
        var inner = place.Inner + distance.Inner;
        var middle = place.Middle + distance.Middle;
        var outer = place.Outer + distance.Outer;
        if (inner >= Inner)
        {
            inner -= Inner;
            middle++;
        }

        if (middle >= Middle)
        {
            middle -= Middle;
            outer++;
        }

        return new(outer, middle, inner);
    }
}
