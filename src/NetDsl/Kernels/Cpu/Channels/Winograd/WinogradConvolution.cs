using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// Convolution with stride 1 by Winograd's minimal filtering, in the channel-blocked layout: 3×3 kernels as F(4×4, 3×3), 36 products for 16 results instead of
/// 144, and 5×5 kernels as F(2×2, 5×5), 36 products for 4 results instead of 100. It rounds differently from a sum of products: results differ from it by up to
/// 2e-5 of the largest, gradients by the weight by up to 1e-4.
/// </summary>
public static unsafe partial class WinogradConvolution
{
    /// <summary>Floats of the packed weights.</summary>
    public static long PackedSize(in ConvolutionShape shape) => WinogradPass.Forward(shape).PackedSize;

    /// <summary>Items of <c>Forward</c>, in all.</summary>
    public static int ForwardItems(in ConvolutionShape shape, int samples) => WinogradPass.Forward(shape).Items(samples);

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long ForwardScratch(in ConvolutionShape shape) => WinogradPass.Scratch(WinogradPass.Forward(shape));

    /// <summary>y = x * weight + bias.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: a set of tiles and a pair of blocks of filters.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="x">The input of sample 0, channel-blocked.</param>
    /// <param name="packed">The packed weights.</param>
    /// <param name="bias">The bias; null for none.</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes: a 3×3 or 5×5 kernel with less padding than its side, stride and dilation 1; groups, if any, of whole blocks of channels.</param>
    /// <param name="epilogue">Takes the results.</param>
    public static void Forward<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var loaded = -1;
        Run<T, TEpilogue>(worker, begin, end, x, packed, bias, scratch, WinogradPass.Forward(shape), ref loaded, epilogue);
    }

    /// <summary>Floats of the weights packed for the gradient by the input.</summary>
    public static long GradientPackedSize(in ConvolutionShape shape) => WinogradPass.Gradient(shape).PackedSize;

    /// <summary>Items of <c>InputGradient</c>, in all.</summary>
    public static int InputGradientItems(in ConvolutionShape shape, int samples) => WinogradPass.Gradient(shape).Items(samples);

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long InputGradientScratch(in ConvolutionShape shape) => WinogradPass.Scratch(WinogradPass.Gradient(shape));

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
        Run<T, TEpilogue>(worker, begin, end, dy, packed, bias, scratch, WinogradPass.Gradient(shape), ref loaded, epilogue);
    }

    static void Run<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, in TransformedPass pass, ref int loaded, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        if (pass.KernelHeight == 3)
        {
            TransformedConvolution.Run<T, TEpilogue, WinogradTiles<Four>>(worker, begin, end, x, packed, bias, scratch, pass, ref loaded, epilogue);
        }
        else
        {
            TransformedConvolution.Run<T, TEpilogue, WinogradTiles<Two>>(worker, begin, end, x, packed, bias, scratch, pass, ref loaded, epilogue);
        }
    }
}
