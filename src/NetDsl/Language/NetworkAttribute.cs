namespace NetDsl;

/// <summary>Which algorithms the compiler may choose for a network's kernels.</summary>
public enum Algorithms
{
    /// <summary>The fastest one, even if it rounds differently from a plain sum of products, as Winograd's and Fourier's do: by up to 1e-4 of a layer's largest value. Winograd's inner products, on processors where they pay, round otherwise than sums elsewhere do.</summary>
    Fastest,

    /// <summary>Only algorithms whose rounding is that of a plain sum of products.</summary>
    Exact,
}

/// <summary>How a network's values lie in memory while a CPU computes them.</summary>
public enum Layout
{
    /// <summary>The compiler chooses, by the size of the network and by what it is run for.</summary>
    Automatic,

    /// <summary>Sixteen samples side by side: for small networks and batches of many samples.</summary>
    Samples,

    /// <summary>One sample after the other, channels in blocks of 16: for large networks and batches of few samples.</summary>
    Channels,
}

/// <summary>How exactly weights are stored.</summary>
public enum Precision
{
    /// <summary>As they are: floats of 32 bits.</summary>
    Full,

    /// <summary>The upper 16 bits of a float, rounded to the nearest: eight bits of precision, so that a weight changes by up to 1/256 of itself.</summary>
    BFloat16,
}

/// <summary>
/// Marks a partial class as a network. Its static <c>Forward</c> method declares the layers, the optional <c>Loss</c> the training
/// objective and the optional <c>Metrics</c> what is reported. They are evaluated by the compiler and never run.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>Which algorithms the compiler may choose.</summary>
    public Algorithms Algorithms { get; set; }

    /// <summary>
    /// How predictions and evaluations on a CPU, with samples one after the other, store the weights of dense layers of more than a million, whose time is that of reading them. With
    /// <see cref="Precision.BFloat16"/> one sample takes about half that time; the rounded weights are kept beside the others, which training, files and GPUs know alone.
    /// Sums are floats. What it does to the network's scores is for you to measure (<c>netdsl test</c>).
    /// </summary>
    public Precision PredictionWeights { get; set; }

    /// <summary>How values lie in a CPU's memory.</summary>
    public Layout Layout { get; set; }

    /// <summary>Where the height is free (<see cref="Layers.Any"/>): the one that the compiler checks with, chooses algorithms for and shows in its tables. 224 unless set.</summary>
    public int Height { get; set; }

    /// <summary>The same for the width.</summary>
    public int Width { get; set; }
}
