namespace NetDsl.Kernels;

/// <summary>
/// A convolution seen from its result: target channels, each a sum over source channels, kernel rows and taps. The gradient by the input is the same
/// with channels and filters exchanged, once for every phase of the stride. Strides count floats of the weight.
/// </summary>
readonly struct SampleContraction(in ConvolutionShape shape, bool gradient)
{
    readonly ConvolutionShape shape = shape;

    public int Groups => shape.Group;

    /// <summary>Target channels of a group.</summary>
    public int Targets => (gradient ? shape.Channels : shape.Filters) / shape.Group;

    /// <summary>Rows and columns of the result.</summary>
    public int Height => gradient ? shape.Height : shape.OutputHeight;

    public int Width => gradient ? shape.Width : shape.OutputWidth;

    /// <summary>Source channels of a group.</summary>
    public int Sources => (gradient ? shape.Filters : shape.Channels) / shape.Group;

    public int SourceHeight => gradient ? shape.OutputHeight : shape.Height;

    public int SourceWidth => gradient ? shape.OutputWidth : shape.Width;

    public int KernelWidth => shape.KernelWidth;

    /// <summary>From one group to the next.</summary>
    public nint GroupStride => (nint)(shape.Filters / shape.Group) * FilterStride;

    /// <summary>From one target channel to the next.</summary>
    public nint TargetStride => gradient ? shape.Taps : FilterStride;

    /// <summary>From one source channel to the next.</summary>
    public nint SourceStride => gradient ? FilterStride : shape.Taps;

    /// <summary>Rows of the result that differ by this read the same kernel rows.</summary>
    public int Phases => gradient ? shape.StrideHeight : 1;

    public int ColumnPhases => gradient ? shape.StrideWidth : 1;

    nint FilterStride => (nint)(shape.Channels / shape.Group) * shape.Taps;

    public ConvolutionAxis Rows(int phase) => gradient
        ? ConvolutionAxis.Gradient(shape.Height, shape.OutputHeight, shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, shape.DilationHeight, phase)
        : ConvolutionAxis.Forward(shape.Height, shape.OutputHeight, shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, shape.DilationHeight);

    public ConvolutionAxis Columns(int phase) => gradient
        ? ConvolutionAxis.Gradient(shape.Width, shape.OutputWidth, shape.KernelWidth, shape.StrideWidth, shape.PaddingWidth, shape.DilationWidth, phase)
        : ConvolutionAxis.Forward(shape.Width, shape.OutputWidth, shape.KernelWidth, shape.StrideWidth, shape.PaddingWidth, shape.DilationWidth);
}
