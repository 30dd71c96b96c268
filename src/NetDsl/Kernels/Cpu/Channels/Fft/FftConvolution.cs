using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// Convolution with stride 1 by Fourier transforms, in the channel-blocked layout, for kernels that are too large for Winograd's: tiles of 16, 32 or 64 points on
/// a side overlap by the kernel (overlap-save), and at each frequency channels are multiplied as matrices (Mathieu, Henaff and LeCun 2013, "Fast Training of
/// Convolutional Networks through FFTs"). Of 16 points, 382 products make 100 results of a 7×7 kernel instead of 4900. It rounds differently from a sum of
/// products: results and gradients differ from it by up to 1e-5 of the largest.
/// </summary>
public static unsafe partial class FftConvolution
{
    /// <summary>Floats of the packed weights.</summary>
    public static long PackedSize(in ConvolutionShape shape) => FftPass.Forward(shape).PackedSize;

    /// <summary>Items of <c>Forward</c>, in all.</summary>
    public static int ForwardItems(in ConvolutionShape shape, int samples) => FftPass.Forward(shape).Items(samples);

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long ForwardScratch(in ConvolutionShape shape) => FftPass.Scratch(FftPass.Forward(shape));

    /// <summary>y = x * weight + bias.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: a set of tiles and a pair of blocks of filters.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="x">The input of sample 0, channel-blocked.</param>
    /// <param name="packed">The packed weights.</param>
    /// <param name="bias">The bias; null for none.</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes: a kernel of up to 48 elements on a side, stride and dilation 1; groups, if any, of whole blocks of channels.</param>
    /// <param name="epilogue">Takes the results.</param>
    public static void Forward<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var loaded = -1;
        TransformedConvolution.Run<T, TEpilogue, FftTransform>(worker, begin, end, x, packed, bias, scratch, FftPass.Forward(shape), ref loaded, epilogue);
    }

    /// <summary>Floats of the weights packed for the gradient by the input.</summary>
    public static long GradientPackedSize(in ConvolutionShape shape) => FftPass.Gradient(shape).PackedSize;

    /// <summary>Items of <c>InputGradient</c>, in all.</summary>
    public static int InputGradientItems(in ConvolutionShape shape, int samples) => FftPass.Gradient(shape).Items(samples);

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long InputGradientScratch(in ConvolutionShape shape) => FftPass.Scratch(FftPass.Gradient(shape));

    /// <summary>The gradient by the input.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: a set of tiles and a pair of blocks of channels.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the result of sample 0, channel-blocked.</param>
    /// <param name="packed">The weights as <c>PackGradient</c> leaves them.</param>
    /// <param name="bias">Bias of a transposed convolution; null for none.</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes of the convolution.</param>
    /// <param name="epilogue">Takes the results.</param>
    public static void InputGradient<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* dy, float* packed, float* bias, float* scratch, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var loaded = -1;
        TransformedConvolution.Run<T, TEpilogue, FftTransform>(worker, begin, end, dy, packed, bias, scratch, FftPass.Gradient(shape), ref loaded, epilogue);
    }
}
