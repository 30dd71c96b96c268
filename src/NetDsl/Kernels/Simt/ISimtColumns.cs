namespace NetDsl.Kernels;

/// <summary>The right side: its columns say where a sum belongs.</summary>
public interface ISimtColumns
{
    /// <summary>As <see cref="ISimtRows.AlongDepth"/>.</summary>
    bool AlongDepth { get; }

    /// <summary>Where a column's elements lie.</summary>
    Spot Column(Place column);

    /// <summary>Where a depth's elements lie, from there.</summary>
    Spot Depth(Place depth);

    /// <summary>The sample of a column; 0 for what is no sample's.</summary>
    int Sample(Place column);

    /// <summary>The flat index of a sum in its sample's result.</summary>
    int Element(int row, Place column);
}
