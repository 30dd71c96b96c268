using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// Convolution by its definition where lanes are samples: any kernel, stride, padding, dilation and group. An item is one row of one tile of target channels, for a
/// few vectors of samples. Every pixel leaves out the taps that lie in the padding, so that neither a padded copy nor a test in the loop is needed.
/// </summary>
public static unsafe partial class SampleConvolution
{
    const int Lanes = SampleBlock.Lanes;

    /// <summary>Items of <c>Forward</c>.</summary>
    public static int ForwardItems<T>(CpuWorker worker, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T> => Items<T>(worker.Blocks, new(shape, gradient: false));

    /// <summary>y = x * weight + bias.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="x">The input of block 0.</param>
    /// <param name="weight">The weight, [K, C / group, KH, KW].</param>
    /// <param name="bias">The bias, [K]; null for none.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="epilogue">Takes the results.</param>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <typeparam name="TEpilogue">The epilogue.</typeparam>
    public static void Forward<T, TEpilogue>(CpuWorker worker, int begin, int end, float* x, float* weight, float* bias, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T> =>
        Run<T, TEpilogue>(worker, begin, end, x, weight, bias, new(shape, gradient: false), epilogue);

    /// <summary>Items of <c>InputGradient</c>.</summary>
    public static int InputGradientItems<T>(CpuWorker worker, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T> => Items<T>(worker.Blocks, new(shape, gradient: true));

    /// <summary>dx: every gradient by the output goes back through the taps that it came from.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the output, at block 0.</param>
    /// <param name="weight">The weight, [K, C / group, KH, KW].</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="epilogue">Takes the results.</param>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <typeparam name="TEpilogue">The epilogue.</typeparam>
    public static void InputGradient<T, TEpilogue>(CpuWorker worker, int begin, int end, float* dy, float* weight, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T> =>
        Run<T, TEpilogue>(worker, begin, end, dy, weight, null, new(shape, gradient: true), epilogue);

    static int Items<T>(int blocks, in SampleContraction c)
        where T : struct, IMemoryLanes<T> =>
        SampleColumns.Tiles<T>(blocks) * c.Groups * Targets<T>(blocks, c).Tiles * c.Height;

    static SampleTargets Targets<T>(int blocks, in SampleContraction c)
        where T : struct, IMemoryLanes<T> => SampleTargets.Of(c.Targets, blocks * (Lanes / T.Count));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Run<T, TEpilogue>(CpuWorker worker, int begin, int end, float* source, float* weight, float* bias, SampleContraction c, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var memory = stackalloc float[SampleTile.Scratch];
        var sums = (float*)(((nint)memory + 63) & ~63);
        var targets = Targets<T>(worker.Blocks, c);
        var plane = (nint)c.Height * c.Width * Lanes;
        for (var item = begin; item < end; item++)
        {
            var row = item % c.Height;
            var tile = item / c.Height % targets.Tiles;
            var group = item / (c.Height * targets.Tiles) % c.Groups;
            var vectors = SampleColumns.Of<T>(worker, item / (c.Height * targets.Tiles * c.Groups));
            var (target, count) = (targets.First(tile), targets.Count(tile));
            var rows = c.Rows(row % c.Phases);
            var outputRow = row / c.Phases;
            var (firstRow, endRow) = rows.TapRange(outputRow);
            var terms = new SampleTerms
            {
                Channels = c.Sources,
                SourceChannel = (nint)c.SourceHeight * c.SourceWidth * Lanes,
                WeightChannel = c.SourceStride,
                Rows = endRow - firstRow,
                SourceRow = (nint)rows.TapStep * c.SourceWidth * Lanes,
                WeightRow = (nint)rows.KernelStep * c.KernelWidth,
                TargetStride = c.TargetStride,
                Bias = bias == null ? null : bias + group * c.Targets + target,
            };
            vectors.Place(ref terms);
            var sourceRow = (nint)rows.Input(outputRow, firstRow) * c.SourceWidth;
            var sources = source + vectors[0] + (nint)group * c.Sources * terms.SourceChannel + sourceRow * Lanes;
            var weights = weight + c.GroupStride * group + target * c.TargetStride + (nint)rows.Kernel(firstRow) * c.KernelWidth;
            var result = ((nint)(group * c.Targets + target) * c.Height + row) * c.Width * Lanes;
            for (var phase = 0; phase < c.ColumnPhases; phase++)
            {
                var columns = c.Columns(phase);
                var (first, last) = columns.Interior;
                terms.SourceTap = (nint)columns.TapStep * Lanes;
                terms.WeightTap = columns.KernelStep;
                terms.PixelStride = (nint)columns.InputStep * Lanes;
                for (var column = 0; column < columns.Outputs; column += terms.Pixels)
                {
                    var (firstTap, endTap) = columns.TapRange(column);
                    terms.Taps = endTap - firstTap;
                    terms.Weights = weights + columns.Kernel(firstTap);
                    terms.Source = sources + (nint)columns.Input(column, firstTap) * Lanes;
                    terms.Pixels = column >= first && column < last ? Math.Min(SampleTile.Pixels, last - column) : 1;
                    SampleTile.Compute<T, TEpilogue>(terms.Flat(), vectors, count, sums, result + (columns.OutputFirst + (nint)column * columns.OutputStep) * Lanes, (columns.OutputStep * Lanes, plane), epilogue);
                }
            }
        }
    }
}
