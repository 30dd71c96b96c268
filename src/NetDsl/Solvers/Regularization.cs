namespace NetDsl.Solvers;

/// <summary>What weight decay adds to the gradient of a weight w: Caffe's <c>regularization_type</c>.</summary>
public enum Regularization
{
    /// <summary><c>decay · w</c>.</summary>
    L2,

    /// <summary><c>decay · sign(w)</c>.</summary>
    L1,
}
