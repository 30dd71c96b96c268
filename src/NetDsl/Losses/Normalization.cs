namespace NetDsl;

/// <summary>What the sum of a loss is divided by: Caffe's <c>LossParameter.normalization</c>.</summary>
public enum Normalization
{
    /// <summary>The number of labels that are not ignored, at least 1: Caffe's default for the softmax loss.</summary>
    Valid,

    /// <summary>The number of labels, ignored ones included.</summary>
    Full,

    /// <summary>The number of samples.</summary>
    BatchSize,

    /// <summary>Nothing.</summary>
    None,
}
