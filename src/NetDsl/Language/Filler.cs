namespace NetDsl;

/// <summary>How a parameter starts, in the declaration of a network: Caffe's fillers, given to a layer by <see cref="Layers.Fill"/>.</summary>
public sealed class Filler
{
    Filler() { }

    /// <summary>Uniform in ±sqrt(3 / fan-in): Caffe's <c>xavier</c> (Glorot and Bengio 2010).</summary>
    public static Filler Xavier => throw new NotExecutableException();

    /// <summary>Normal with standard deviation sqrt(2 / fan-in): Caffe's <c>msra</c> (He et al. 2015).</summary>
    public static Filler Msra => throw new NotExecutableException();

    /// <summary>Rows that are positive and sum to one: Caffe's <c>positive_unitball</c>.</summary>
    public static Filler PositiveUnitBall => throw new NotExecutableException();

    /// <summary>Bilinear interpolation between four axes [_, _, k, k]: Caffe's <c>bilinear</c>.</summary>
    public static Filler Bilinear => throw new NotExecutableException();

    /// <summary>
    /// Bilinear interpolation of each channel by itself: bilinear where the first two axes of [C, C, k, k] are equal, zero elsewhere. What FCN's
    /// <c>surgery.interp</c> writes into a transposed convolution that is not grouped.
    /// </summary>
    public static Filler Interpolation => throw new NotExecutableException();

    /// <summary>One number on the diagonal of a matrix, or of the matrix of channels of a 1×1 convolution, and zero elsewhere.</summary>
    /// <param name="value">The number.</param>
    public static Filler Identity(float value) => throw new NotExecutableException();

    /// <summary>One number: Caffe's <c>constant</c>.</summary>
    /// <param name="value">The number.</param>
    public static Filler Constant(float value) => throw new NotExecutableException();

    /// <summary>Normal: Caffe's <c>gaussian</c>.</summary>
    /// <param name="deviation">The standard deviation.</param>
    public static Filler Gaussian(float deviation) => throw new NotExecutableException();

    /// <summary>Standard normal where a weight is not zero: Caffe's <c>gaussian</c> with <c>std: 1</c> and <c>sparse</c> (Martens 2010).</summary>
    /// <param name="connections">How many outputs an input is connected with, on average.</param>
    public static Filler SparseGaussian(float connections) => throw new NotExecutableException();

    /// <summary>Uniform around zero: Caffe's <c>uniform</c> with <c>min: -bound</c> and <c>max: bound</c>.</summary>
    /// <param name="bound">The largest magnitude.</param>
    public static Filler Uniform(float bound) => throw new NotExecutableException();
}
