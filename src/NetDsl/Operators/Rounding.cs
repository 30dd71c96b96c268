namespace NetDsl;

/// <summary>How a pooling window that does not fit at the border counts.</summary>
public enum Rounding
{
    /// <summary>It counts, clipped to the input: Caffe's rule.</summary>
    Ceiling,

    /// <summary>It does not: PyTorch's default.</summary>
    Floor,
}
