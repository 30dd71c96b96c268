namespace NetDsl.Peers;

/// <summary>What a layer does.</summary>
enum PeerOperator
{
    Convolution,
    TransposedConvolution,
    MaxPooling,
    AveragePooling,
    ReLU,
    LocalResponseNormalization,
    Dropout,
    Flatten,
    Dense,
    Concat,
    Lstm,
}

/// <summary>A layer of a <see cref="PeerNetwork"/>.</summary>
/// <param name="Operator">What it does.</param>
/// <param name="Inputs">The values it reads: 0 is the network's input, n the result of layer n.</param>
/// <param name="InputShape">The shape of its first input, without the batch.</param>
/// <param name="Shape">The shape of its result, without the batch.</param>
sealed record PeerLayer(PeerOperator Operator, int[] Inputs, int[] InputShape, int[] Shape)
{
    public int Kernel { get; init; }

    public int Stride { get; init; } = 1;

    public int Padding { get; init; }

    public int Group { get; init; } = 1;

    /// <summary>Pooling windows may stick out at the far edge, as Caffe's do.</summary>
    public bool Ceiling { get; init; }

    public double Rate { get; init; }
}
