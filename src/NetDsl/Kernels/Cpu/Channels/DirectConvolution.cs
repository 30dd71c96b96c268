using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// Convolution by its definition in the channel-blocked layout: any kernel, stride, padding, dilation and group. All sizes are known at run time only, so
/// that one set of compiled tiles serves all layers. Groups whose channels are multiples of 16 on both sides, or can be joined to such, run on the tiles;
/// one filter a channel (depthwise) has loops of its own; any other grouping runs as a dense convolution with zeros between the groups, which is right
/// but wasteful.
/// </summary>
public static unsafe partial class DirectConvolution
{
    /// <summary>Floats of the packed weights.</summary>
    public static long PackedSize(in ConvolutionShape shape) => PackedSize(shape, false);

    /// <summary>Items of <c>Pack</c>.</summary>
    public static int PackItems(in ConvolutionShape shape) => PackItems(shape, false);

    /// <summary>Brings the weights [K, C / group, KH, KW] into the order in which the tiles read them.</summary>
    public static void Pack<T>(CpuWorker worker, int begin, int end, float* weight, float* packed, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T> =>
        Pack(begin, end, weight, packed, shape, false);

    /// <summary>Items of a sample of <c>Forward</c>.</summary>
    public static int ForwardItems(in ConvolutionShape shape) => shape.IsDepthwise ? DepthwiseConvolution.Items(shape, false) : Items(shape, false);

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long ForwardScratch(in ConvolutionShape shape) => Scratch(shape, false);

    /// <summary>y = x * weight + bias.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: sample * ForwardItems + item.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="x">The input of sample 0, channel-blocked.</param>
    /// <param name="packed">The packed weights.</param>
    /// <param name="bias">The bias, readable up to a multiple of 16; null for none.</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="epilogue">Takes the results.</param>
    public static void Forward<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        if (shape.IsDepthwise)
        {
            DepthwiseConvolution.Run<T, TEpilogue>(worker, begin, end, x, packed, bias, scratch, shape, false, epilogue);
        }
        else
        {
            Run<T, TEpilogue>(worker, begin, end, x, packed, bias, scratch, shape, false, epilogue);
        }
    }

    /// <summary>Floats of the weights packed for the gradient by the input.</summary>
    public static long GradientPackedSize(in ConvolutionShape shape) => PackedSize(shape, true);

    /// <summary>Items of <c>PackGradient</c>.</summary>
    public static int GradientPackItems(in ConvolutionShape shape) => PackItems(shape, true);

    /// <summary>Brings the weights [K, C / group, KH, KW] into the order in which <c>InputGradient</c> reads them.</summary>
    public static void PackGradient<T>(CpuWorker worker, int begin, int end, float* weight, float* packed, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T> =>
        Pack(begin, end, weight, packed, shape, true);

    /// <summary>Items of a sample of <c>InputGradient</c>.</summary>
    public static int InputGradientItems(in ConvolutionShape shape) => shape.IsDepthwise ? DepthwiseConvolution.Items(shape, true) : Items(shape, true);

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long InputGradientScratch(in ConvolutionShape shape) => Scratch(shape, true);

    /// <summary>The gradient by the input, which is also the transposed convolution of <paramref name="dy"/>.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: sample * InputGradientItems + item.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the result of sample 0, channel-blocked.</param>
    /// <param name="packed">The weights as <c>PackGradient</c> leaves them.</param>
    /// <param name="bias">Bias of a transposed convolution, one for each of <c>Channels</c>, readable up to a multiple of 16; null for none.</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes of the convolution.</param>
    /// <param name="epilogue">Takes the results.</param>
    public static void InputGradient<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* dy, float* packed, float* bias, float* scratch, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        if (shape.IsDepthwise)
        {
            DepthwiseConvolution.Run<T, TEpilogue>(worker, begin, end, dy, packed, bias, scratch, shape, true, epilogue);
        }
        else
        {
            Run<T, TEpilogue>(worker, begin, end, dy, packed, bias, scratch, shape, true, epilogue);
        }
    }

    /// <summary>Passes that make up the whole: one, or one for each phase of the stride.</summary>
    internal static int Phases(in ConvolutionShape shape, bool gradient) => gradient ? shape.StrideHeight * shape.StrideWidth : 1;

    internal static DirectPass Pass(in ConvolutionShape shape, bool gradient, int phase, int segment) =>
        gradient ? DirectPass.Gradient(shape, phase, segment) : DirectPass.Forward(shape, segment);

    /// <summary>Items of a sample; the same for all widths of vectors.</summary>
    internal static int Items(in ConvolutionShape shape, bool gradient)
    {
        var items = 0;
        for (var phase = 0; phase < Phases(shape, gradient); phase++)
        {
            items += Pass(shape, gradient, phase, DirectPass.WideSegment).Items;
        }

        return items;
    }

    static void Run<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* input, float* packed, float* bias, float* scratch, in ConvolutionShape shape, bool gradient, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var loop = Loop<T>(worker, input, packed, bias, scratch, shape, gradient);
        Run<T, TEpilogue>(ref loop, begin, end, epilogue);
    }

    static DirectLoop Loop<T>(CpuWorker worker, float* input, float* packed, float* bias, float* scratch, in ConvolutionShape shape, bool gradient)
        where T : struct, IMemoryLanes<T> =>
        new(worker, input, packed, bias, scratch, shape, gradient, T.Count == ChannelBlocks.Lanes ? DirectPass.WideSegment : DirectPass.NarrowSegment);

    static void Run<T, TEpilogue>(ref DirectLoop loop, int begin, int end, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        for (var item = begin; item < end; item++)
        {
            loop.Compute<T>(item);
            Store<T, TEpilogue>(loop, epilogue);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Store<T, TEpilogue>(in DirectLoop loop, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var columns = loop.Columns;
        var rows = loop.Rows;
        var step = loop.ResultColumn;
        for (var block = 0; block < loop.Blocks; block++)
        {
            var sums = loop.Sums(block);
            var result = loop.Result + block * loop.ResultBlock;
            for (var row = 0; row < rows; row++)
            {
                var source = sums + row * loop.SumPitch;
                var target = result + row * loop.ResultRow;
                for (var column = 0; column < columns; column++)
                {
                    for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
                    {
                        epilogue.Store(target + lane, T.Load(source + lane));
                    }

                    source += ChannelBlocks.Lanes;
                    target += step;
                }
            }
        }
    }

    static long Scratch(in ConvolutionShape shape, bool gradient)
    {
        long most = 2 * ChannelBlocks.Lanes;
        for (var phase = 0; phase < Phases(shape, gradient); phase++)
        {
            most = Math.Max(most, Math.Max(Pass(shape, gradient, phase, DirectPass.WideSegment).Scratch, Pass(shape, gradient, phase, DirectPass.NarrowSegment).Scratch));
        }

        return (most + 15) / 16 * 16;
    }
}
