using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// A dense layer where lanes are samples: y[u] = Σ weight[u, i] x[i] + bias[u], for each of the rows of a sample. An item is one tile of targets for a few vectors of
/// samples. Neighbouring items share their vectors, so that a worker goes on with the samples that it has in its cache; where the weights are too many to be
/// read again for the next vectors, they share weights.
/// </summary>
public static unsafe partial class SampleProduct
{
    const int Lanes = SampleBlock.Lanes;

    /// <summary>Weights that stay in the second-level cache.</summary>
    const int FewWeights = 64 << 10;

    /// <summary>Items of <c>Forward</c>.</summary>
    public static int ForwardItems<T>(CpuWorker worker, int units, int rows = 1)
        where T : struct, IMemoryLanes<T> => SampleColumns.Tiles<T>(worker.Blocks, rows) * Targets<T>(worker, units, rows).Tiles;

    /// <summary>y = weight x + bias.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="x">The input of block 0, [rows, inputs].</param>
    /// <param name="weight">The weight, [units, inputs].</param>
    /// <param name="bias">The bias, [units]; null for none.</param>
    /// <param name="units">Outputs of the layer.</param>
    /// <param name="inputs">Inputs of the layer.</param>
    /// <param name="epilogue">Takes the results, [rows, units].</param>
    /// <param name="rows">How many rows of each sample the layer is applied to.</param>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <typeparam name="TEpilogue">The epilogue.</typeparam>
    public static void Forward<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* x, float* weight, float* bias, int units, int inputs, TEpilogue epilogue, int rows = 1)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T> =>
        Run<T, TEpilogue>(worker, begin, end, x, weight, bias, (units, inputs), (inputs, 1), epilogue, rows);

    /// <summary>Items of <c>InputGradient</c>.</summary>
    public static int InputGradientItems<T>(CpuWorker worker, int inputs, int rows = 1)
        where T : struct, IMemoryLanes<T> => ForwardItems<T>(worker, inputs, rows);

    /// <summary>dx = weightᵀ dy.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the output, at block 0, [rows, units].</param>
    /// <param name="weight">The weight, [units, inputs].</param>
    /// <param name="units">Outputs of the layer.</param>
    /// <param name="inputs">Inputs of the layer.</param>
    /// <param name="epilogue">Takes the results, [rows, inputs].</param>
    /// <param name="rows">How many rows of each sample the layer is applied to.</param>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <typeparam name="TEpilogue">The epilogue.</typeparam>
    public static void InputGradient<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* dy, float* weight, int units, int inputs, TEpilogue epilogue, int rows = 1)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T> =>
        Run<T, TEpilogue>(worker, begin, end, dy, weight, null, (inputs, units), (1, inputs), epilogue, rows);

    static SampleTargets Targets<T>(CpuWorker worker, int targets, int rows)
        where T : struct, IMemoryLanes<T> => SampleTargets.Of(targets, worker.Blocks * rows * (Lanes / T.Count));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Run<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* source, float* weight, float* bias, (int Targets, int Sources) size, (int Target, int Source) strides, TEpilogue epilogue, int rows)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var memory = stackalloc float[SampleTile.Scratch];
        var sums = (float*)(((nint)memory + 63) & ~63);
        var targets = Targets<T>(worker, size.Targets, rows);
        var columns = SampleColumns.Tiles<T>(worker.Blocks, rows);
        var byColumn = (long)size.Targets * size.Sources <= FewWeights;
        var current = -1;
        SampleColumns vectors = default, results = default;
        for (var item = begin; item < end; item++)
        {
            var (column, tile) = byColumn ? Math.DivRem(item, targets.Tiles) : (item % columns, item / columns);
            if (column != current)
            {
                current = column;
                vectors = SampleColumns.Of<T>(worker, column, rows, size.Sources);
                results = rows == 1 ? vectors : SampleColumns.Of<T>(worker, column, rows, size.Targets);
            }

            var target = targets.First(tile);
            var terms = new SampleTerms
            {
                Source = source + vectors[0],
                Pixels = 1,
                Weights = weight + (nint)target * strides.Target,
                TargetStride = strides.Target,
                Channels = 1,
                Rows = 1,
                Taps = size.Sources,
                SourceTap = Lanes,
                WeightTap = strides.Source,
                Bias = bias == null ? null : bias + target,
            };
            vectors.Place(ref terms);
            SampleTile.Compute<T, TEpilogue>(terms, results, targets.Count(tile), sums, (nint)target * Lanes, (0, Lanes), epilogue);
        }
    }
}
