namespace NetDsl.Kernels;

/// <summary>The left side of a product on a GPU. Its rows lie at equal distances.</summary>
public interface ISimtRows
{
    /// <summary>Neighbours along the depth are neighbours in memory: neighbouring threads read along it. Else they are along the other axis.</summary>
    bool AlongDepth { get; }

    /// <summary>Floats from a row to the next.</summary>
    int Distance { get; }

    /// <summary>Where the first row's element at a depth lies.</summary>
    long Start(Place depth);

    /// <summary>What lies at a place.</summary>
    float At(long place);
}

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

/// <summary>What becomes of the sums: emitted, with the operators that are fused behind them.</summary>
public interface ISimtResults
{
    /// <param name="sample">The sample.</param>
    /// <param name="i">The flat index in the sample's result.</param>
    /// <param name="channel">The channel or unit: the index of its bias.</param>
    /// <param name="sum">The sum of products.</param>
    void Store(int sample, int i, int channel, float sum);
}
