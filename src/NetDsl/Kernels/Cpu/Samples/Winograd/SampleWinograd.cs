using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// Convolution by Winograd's algorithm where lanes are samples: 3×3 and 5×5 kernels of stride 1 (Lavin and Gray 2016). At each of the 36 places of a transformed tile, the
/// products are a matrix of weights times vectors of samples, on the register tiles of <see cref="SampleTile"/>. Its rounding is worse than that of a plain sum, about 1e-5 of
/// the largest value. Every sum goes through the channels in order, whoever computes it.
/// </summary>
public static unsafe partial class SampleWinograd
{
    const int Lanes = SampleBlock.Lanes;

    /// <summary>Items of <c>Forward</c>: sets of tiles.</summary>
    public static int ForwardItems<T>(CpuWorker worker, in ConvolutionShape shape)
        where T : struct, IMemoryLanes<T> => worker.Blocks * new SampleWinogradPass(shape, gradient: false).Sets<T>();

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long ForwardScratch(in ConvolutionShape shape) => new SampleWinogradPass(shape, gradient: false).Scratch;

    /// <summary>y = x * weight + bias.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="x">The input of block 0.</param>
    /// <param name="packed">The weights as <c>Pack</c> leaves them.</param>
    /// <param name="bias">The bias, [K]; null for none.</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="epilogue">Takes the results.</param>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <typeparam name="TEpilogue">The epilogue.</typeparam>
    public static void Forward<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var pass = new SampleWinogradPass(shape, gradient: false);
        if (pass.Kernel == 3)
        {
            Forward<T, TEpilogue, Four>(worker, begin, end, x, packed, bias, scratch, pass, epilogue);
        }
        else
        {
            Forward<T, TEpilogue, Two>(worker, begin, end, x, packed, bias, scratch, pass, epilogue);
        }
    }

    static void Forward<T, TEpilogue, TTile>(
        CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, in SampleWinogradPass pass, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
        where TTile : struct, ITileCount
    {
        var products = scratch + (nint)WinogradPass.Places * pass.SourcePlane;
        var targets = new SampleTargets(pass.Targets, SampleTile.Targets);
        var (sets, size) = (pass.Sets<T>(), pass.SetTiles<T>());
        for (var item = begin; item < end; item++)
        {
            var (block, set) = int.DivRem(item, sets);
            var first = set * size;
            var count = Math.Min(size, pass.Tiles - first);
            var offset = (nint)(block * worker.BlockStride);
            TransformInputs<T>(pass, x + offset, scratch, first, count, size);
            for (var tile = 0; tile < targets.Tiles; tile++)
            {
                var target = targets.First(tile);
                Multiply<T>(pass, scratch, packed + (nint)target * pass.Channels, (pass.Channels, 1), products, targets.Count(tile), count, size);
                Store<T, TEpilogue, TTile>(pass, products, bias == null ? null : bias + target, offset, target, targets.Count(tile), first, count, epilogue);
            }
        }
    }

    static void TransformInputs<T>(in SampleWinogradPass pass, float* x, float* sources, int first, int count, int size)
        where T : struct, IMemoryLanes<T>
    {
        for (var channel = 0; channel < pass.Channels; channel++)
        {
            for (var tile = 0; tile < count; tile++)
            {
                var (row, column) = pass.Place(first + tile);
                WinogradTile.Input<T>(
                    x + (nint)channel * pass.Height * pass.Width * Lanes, pass.Height, pass.Width, row - pass.PaddingHeight, column - pass.PaddingWidth,
                    sources + ((nint)channel * size + tile) * Lanes, pass.SourcePlane);
            }
        }
    }

    /// <summary>At each of the 36 places, the sums over the sources for some targets and all tiles of a set.</summary>
    /// <param name="pass">The sizes.</param>
    /// <param name="sources">The transformed sources, [place][source][tile][16].</param>
    /// <param name="packed">The weight of the first target for the first source.</param>
    /// <param name="strides">In the weights, from one target, and from one source, to the next.</param>
    /// <param name="products">Takes the sums, [place][register tile's vectors][target][vector].</param>
    /// <param name="targets">Targets: up to six.</param>
    /// <param name="count">Tiles.</param>
    /// <param name="size">Tiles that a set has room for.</param>
    /// <typeparam name="T">The lanes.</typeparam>
    static void Multiply<T>(in SampleWinogradPass pass, float* sources, float* packed, (nint Target, nint Source) strides, float* products, int targets, int count, int size)
        where T : struct, IMemoryLanes<T>
    {
        var vectors = SampleTile.Columns<T>();
        var terms = new SampleTerms
        {
            Second = T.Count,
            Third = 2 * T.Count,
            Fourth = 3 * T.Count,
            Pixels = (count * Lanes + vectors * T.Count - 1) / (vectors * T.Count),
            PixelStride = vectors * T.Count,
            TargetStride = strides.Target,
            Channels = 1,
            Rows = 1,
            Taps = pass.Sources,
            SourceTap = size * Lanes,
            WeightTap = strides.Source,
        };
        for (var place = 0; place < WinogradPass.Places; place++)
        {
            terms.Source = sources + (nint)place * pass.SourcePlane;
            terms.Weights = packed + place * (nint)pass.PackedPlane;
            SampleTile.Sum<T>(terms, targets, vectors, products + (nint)place * SampleWinogradPass.ProductPlane);
        }
    }

    /// <summary>Where <see cref="Multiply"/> leaves a vector of a target: the vectors of a register tile lie side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static nint Product<T>(int targets, int target, int tile, int lane)
        where T : struct, IMemoryLanes<T>
    {
        var (pixel, vector) = int.DivRem((tile * Lanes + lane) / T.Count, SampleTile.Columns<T>());
        return ((pixel * targets + target) * SampleTile.Columns<T>() + vector) * T.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Store<T, TEpilogue, TTile>(
        in SampleWinogradPass pass, float* products, float* bias, nint offset, int firstTarget, int targets, int first, int count, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
        where TTile : struct, ITileCount
    {
        var results = stackalloc float[TTile.Value * TTile.Value * Lanes];
        for (var tile = 0; tile < count; tile++)
        {
            var (row, column) = pass.Place(first + tile);
            var rows = Math.Min(TTile.Value, pass.OutputHeight - row);
            var columns = Math.Min(TTile.Value, pass.OutputWidth - column);
            for (var target = 0; target < targets; target++)
            {
                var result = offset + (((nint)(firstTarget + target) * pass.OutputHeight + row) * pass.OutputWidth + column) * Lanes;
                var constant = T.Create(bias == null ? 0 : bias[target]);
                for (var lane = 0; lane < Lanes; lane += T.Count)
                {
                    WinogradTile.Output<T, TTile>(products + Product<T>(targets, target, tile, lane), SampleWinogradPass.ProductPlane, results);
                    for (var r = 0; r < rows; r++)
                    {
                        for (var c = 0; c < columns; c++)
                        {
                            epilogue.Store(result + ((nint)r * pass.OutputWidth + c) * Lanes + lane, T.Load(results + (r * TTile.Value + c) * T.Count) + constant);
                        }
                    }
                }
            }
        }
    }
}
