namespace NetDsl;

/// <summary>Which algorithms the compiler may choose for a network's kernels.</summary>
public enum Algorithms
{
    /// <summary>The fastest one, even if it rounds differently from a plain sum of products. Today every algorithm is exact.</summary>
    Fastest,

    /// <summary>Only algorithms whose rounding is that of a plain sum of products.</summary>
    Exact,
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
}
