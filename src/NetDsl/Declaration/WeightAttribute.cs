namespace NetDsl;

/// <summary>How a parameter starts: Caffe's fillers.</summary>
public enum Initializer
{
    /// <summary>All zero.</summary>
    Zeros,

    /// <summary>All one.</summary>
    Ones,

    /// <summary>The constant <c>value</c>.</summary>
    Constant,

    /// <summary>Uniform in ±sqrt(3 / fan-in): Caffe's <c>xavier</c>.</summary>
    Xavier,

    /// <summary>Normal with standard deviation sqrt(2 / fan-in): Caffe's <c>msra</c> (He et al. 2015).</summary>
    Msra,

    /// <summary>Normal with standard deviation <c>value</c>: Caffe's <c>gaussian</c>.</summary>
    Gaussian,

    /// <summary>Standard normal with probability <c>value</c> / outputs, else zero: Caffe's <c>gaussian</c> with <c>sparse: value</c> (Martens 2010).</summary>
    SparseGaussian,

    /// <summary>Uniform in ±<c>value</c>.</summary>
    Uniform,

    /// <summary>Rows that are positive and sum to one: Caffe's <c>positive_unitball</c>.</summary>
    PositiveUnitBall,

    /// <summary>Bilinear interpolation: Caffe's <c>bilinear</c>, for upsampling by a transposed convolution.</summary>
    Bilinear,

    /// <summary>Bilinear interpolation of each channel by itself: zero where the first two axes differ (FCN's <c>surgery.interp</c>).</summary>
    Interpolation,

    /// <summary><c>value</c> on the diagonal of a matrix, zero elsewhere; of a 1×1 convolution the matrix of its channels.</summary>
    Identity,
}

/// <summary>Declares a parameter of an operator.</summary>
/// <param name="name">The name, which is also the name of the kernel methods' parameter: <c>weight</c>, <c>bias</c>.</param>
/// <param name="shape">Its shape, over the names of the shape rule; an axis may be named: <c>"[K = filters, CG = C/group, KH = kernel.Height, KW = kernel.Width]"</c>.</param>
/// <param name="initializer">How it starts.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class WeightAttribute(string name, string shape, Initializer initializer) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The shape.</summary>
    public string Shape { get; } = shape;

    /// <summary>How it starts.</summary>
    public Initializer Initializer { get; } = initializer;

    /// <summary>The number that goes with the initializer.</summary>
    public float Value { get; set; }

    /// <summary>The boolean parameter of the method that says whether the operator has this weight; empty for always.</summary>
    public string When { get; set; } = "";

    /// <summary>The parameter is never trained: a table that the user sets.</summary>
    public bool Frozen { get; set; }
}
