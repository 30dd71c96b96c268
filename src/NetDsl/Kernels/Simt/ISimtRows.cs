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
