namespace NetDsl.Kernels;

/// <summary>One side of a product on a GPU.</summary>
public interface ISimtFactor
{
    /// <summary>Neighbours along the depth are neighbours in memory: neighbouring threads read along it. Else they are along the other axis.</summary>
    bool AlongDepth { get; }

    /// <summary>The element at a row (or column) and a depth; 0 where there is none, at a border.</summary>
    float At(Place place, Place depth);
}

/// <summary>The right side: its columns say where a sum belongs.</summary>
public interface ISimtColumns : ISimtFactor
{
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
