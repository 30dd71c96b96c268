using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>
/// The gradient by the input: the way of the forward pass back, through each transform transposed. The windows of neighbouring tiles overlap, so an item adds up all tiles of a
/// block, for some channels.
/// </content>
public static unsafe partial class SampleWinograd
{
    /// <summary>Items of <c>InputGradient</c>.</summary>
    public static int InputGradientItems(CpuWorker worker, in ConvolutionShape shape) => worker.Blocks * new SampleWinogradPass(shape, gradient: true).Parts.Tiles;

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long InputGradientScratch(in ConvolutionShape shape) => new SampleWinogradPass(shape, gradient: true).Scratch;

    /// <summary>dx: every gradient by the output goes back through the taps that it came from.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the output, at block 0.</param>
    /// <param name="packed">The weights as <c>Pack</c> leaves them.</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="epilogue">Takes the results.</param>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <typeparam name="TEpilogue">The epilogue.</typeparam>
    public static void InputGradient<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* dy, float* packed, float* scratch, in ConvolutionShape shape, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var pass = new SampleWinogradPass(shape, gradient: true);
        var products = scratch + (nint)WinogradPass.Places * pass.SourcePlane;
        var sums = products + (nint)WinogradPass.Places * SampleWinogradPass.ProductPlane;
        var parts = pass.Parts;
        var plane = pass.Height * pass.Width * Lanes;
        for (var item = begin; item < end; item++)
        {
            var (block, part) = int.DivRem(item, parts.Tiles);
            var offset = (nint)(block * worker.BlockStride);
            var (firstTarget, count) = (parts.First(part), parts.Count(part));
            new Span<float>(sums, count * plane).Clear();
            if (pass.Kernel == 3)
            {
                AddTiles<T, Four>(pass, dy + offset, packed, scratch, products, sums, firstTarget, count);
            }
            else
            {
                AddTiles<T, Two>(pass, dy + offset, packed, scratch, products, sums, firstTarget, count);
            }

            Store<T, TEpilogue>(sums, count * plane, offset + (nint)firstTarget * plane, epilogue);
        }
    }

    static void AddTiles<T, TTile>(in SampleWinogradPass pass, float* dy, float* packed, float* sources, float* products, float* sums, int firstTarget, int count)
        where T : struct, IMemoryLanes<T>
        where TTile : struct, ITileCount
    {
        var targets = new SampleTargets(count, SampleTile.Targets);
        var size = pass.SetTiles<T>();
        for (var first = 0; first < pass.Tiles; first += size)
        {
            var some = Math.Min(size, pass.Tiles - first);
            TransformGradients<T, TTile>(pass, dy, sources, first, some, size);
            for (var tile = 0; tile < targets.Tiles; tile++)
            {
                var target = targets.First(tile);
                Multiply<T>(pass, sources, packed + firstTarget + target, (1, pass.Channels), products, targets.Count(tile), some, size);
                AddWindows<T>(pass, products, sums + (nint)target * pass.Height * pass.Width * Lanes, targets.Count(tile), first, some);
            }
        }
    }

    static void TransformGradients<T, TTile>(in SampleWinogradPass pass, float* dy, float* sources, int first, int count, int size)
        where T : struct, IMemoryLanes<T>
        where TTile : struct, ITileCount
    {
        for (var filter = 0; filter < pass.Filters; filter++)
        {
            for (var tile = 0; tile < count; tile++)
            {
                var (row, column) = pass.Place(first + tile);
                WinogradTile.OutputGradient<T, TTile>(
                    dy + (nint)filter * pass.OutputHeight * pass.OutputWidth * Lanes, pass.OutputHeight, pass.OutputWidth, row, column,
                    sources + ((nint)filter * size + tile) * Lanes, pass.SourcePlane);
            }
        }
    }

    static void AddWindows<T>(in SampleWinogradPass pass, float* products, float* sums, int targets, int first, int count)
        where T : struct, IMemoryLanes<T>
    {
        for (var target = 0; target < targets; target++)
        {
            for (var tile = 0; tile < count; tile++)
            {
                var (row, column) = pass.Place(first + tile);
                for (var lane = 0; lane < Lanes; lane += T.Count)
                {
                    WinogradTile.AddInputGradient<T>(
                        products + Product<T>(targets, target, tile, lane), SampleWinogradPass.ProductPlane,
                        sums + (nint)target * pass.Height * pass.Width * Lanes + lane, pass.Height, pass.Width, row - pass.PaddingHeight, column - pass.PaddingWidth);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Store<T, TEpilogue>(float* sums, int count, nint offset, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        for (nint i = 0; i < count; i += T.Count)
        {
            epilogue.Store(offset + i, T.Load(sums + i));
        }
    }
}
