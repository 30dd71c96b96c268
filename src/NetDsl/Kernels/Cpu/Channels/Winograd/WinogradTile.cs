using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>Two-dimensional transforms of the tiles of one channel block, a vector of channels at a time.</summary>
static unsafe partial class WinogradTile
{
    /// <summary>
    /// Transforms the 6×6 window of channel block at <paramref name="x"/> whose first element is at (<paramref name="row"/>, <paramref name="column"/>);
    /// what lies outside is zero.
    /// </summary>
    /// <param name="x">The channel block, [height][width][16].</param>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="row">First row of the window, perhaps negative.</param>
    /// <param name="column">First column of the window, perhaps negative.</param>
    /// <param name="result">Place 0; place p lies p * <paramref name="plane"/> floats on.</param>
    /// <param name="plane">Floats between places.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input<T>(float* x, int height, int width, int row, int column, float* result, nint plane)
        where T : struct, IMemoryLanes<T>
    {
        var window = stackalloc float[WinogradPass.Places * ChannelBlocks.Lanes];
        var inside = row >= 0 && column >= 0 && row + 6 <= height && column + 6 <= width;
        for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
        {
            for (var r = 0; r < 6; r++)
            {
                var source = x + ((nint)(row + r) * width + column) * ChannelBlocks.Lanes + lane;
                var target = window + r * 6 * T.Count;
                if (inside)
                {
                    WinogradTransform.Input(
                        T.Load(source), T.Load(source + 16), T.Load(source + 32), T.Load(source + 48), T.Load(source + 64), T.Load(source + 80), target, T.Count);
                    continue;
                }

                var exists = row + r >= 0 && row + r < height;
                WinogradTransform.Input(
                    At<T>(source, exists, column, width, 0), At<T>(source, exists, column, width, 1), At<T>(source, exists, column, width, 2),
                    At<T>(source, exists, column, width, 3), At<T>(source, exists, column, width, 4), At<T>(source, exists, column, width, 5),
                    target, T.Count);
            }

            var step = 6 * T.Count;
            for (var c = 0; c < 6; c++)
            {
                var p = window + c * T.Count;
                WinogradTransform.Input(
                    T.Load(p), T.Load(p + step), T.Load(p + 2 * step), T.Load(p + 3 * step), T.Load(p + 4 * step), T.Load(p + 5 * step), result + c * plane + lane, 6 * plane);
            }
        }
    }

    /// <summary>As <see cref="Input{T}"/>, for a tile of the gradient by the result, which is the kernel of the gradient by the weight.</summary>
    /// <param name="dy">The channel block, [height][width][16].</param>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="row">First row of the tile.</param>
    /// <param name="column">First column of the tile.</param>
    /// <param name="result">Place 0; place p lies p * <paramref name="plane"/> floats on.</param>
    /// <param name="plane">Floats between places.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient<T, TTile>(float* dy, int height, int width, int row, int column, float* result, nint plane)
        where T : struct, IMemoryLanes<T>
        where TTile : struct, ITileCount
    {
        var tile = stackalloc float[TTile.Value * TTile.Value * ChannelBlocks.Lanes];
        for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
        {
            for (var r = 0; r < TTile.Value; r++)
            {
                var source = dy + ((nint)(row + r) * width + column) * ChannelBlocks.Lanes + lane;
                for (var c = 0; c < TTile.Value; c++)
                {
                    T.Store(tile + (r * TTile.Value + c) * ChannelBlocks.Lanes, At<T>(source, row + r < height, column, width, c));
                }
            }

            Kernel<T, TTile>(tile, result + lane, plane);
        }
    }

    /// <summary>The transform of one vector of kernels.</summary>
    /// <param name="kernel">The kernels, [row][column][16].</param>
    /// <param name="result">Place 0; place p lies p * <paramref name="plane"/> floats on.</param>
    /// <param name="plane">Floats between places.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Kernel<T, TKernel>(float* kernel, float* result, nint plane)
        where T : struct, IMemoryLanes<T>
        where TKernel : struct, ITileCount
    {
        const int points = WinogradTransform.Points;
        var rows = stackalloc float[TKernel.Value * points * ChannelBlocks.Lanes];
        for (var r = 0; r < TKernel.Value; r++)
        {
            KernelLine<T, TKernel>(kernel + r * TKernel.Value * ChannelBlocks.Lanes, ChannelBlocks.Lanes, rows + r * points * T.Count, T.Count);
        }

        for (var c = 0; c < points; c++)
        {
            KernelLine<T, TKernel>(rows + c * T.Count, points * T.Count, result + c * plane, points * plane);
        }
    }

    /// <summary>The results of one vector of channels from 36 products: a tile, or the weights of a kernel.</summary>
    /// <param name="m">The product at place 0.</param>
    /// <param name="plane">Floats between places.</param>
    /// <param name="result">The vectors, row after row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output<T, TResult>(float* m, nint plane, float* result)
        where T : struct, IMemoryLanes<T>
        where TResult : struct, ITileCount
    {
        const int points = WinogradTransform.Points;
        var rows = stackalloc float[TResult.Value * points * ChannelBlocks.Lanes];
        for (var c = 0; c < points; c++)
        {
            WinogradTransform.Output<T>(TResult.Value, m + c * plane, points * plane, rows + c * T.Count, points * T.Count);
        }

        for (var r = 0; r < TResult.Value; r++)
        {
            WinogradTransform.Output<T>(TResult.Value, rows + r * points * T.Count, T.Count, result + r * TResult.Value * T.Count, T.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void KernelLine<T, TKernel>(float* g, nint step, float* result, nint resultStep)
        where T : struct, IMemoryLanes<T>
        where TKernel : struct, ITileCount =>
        WinogradTransform.Kernel(
            TKernel.Value, T.Load(g), T.Load(g + step),
            TKernel.Value > 2 ? T.Load(g + 2 * step) : default,
            TKernel.Value > 3 ? T.Load(g + 3 * step) : default,
            TKernel.Value > 4 ? T.Load(g + 4 * step) : default,
            result, resultStep);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T At<T>(float* row, bool exists, int column, int width, int c)
        where T : struct, IMemoryLanes<T> =>
        exists && column + c >= 0 && column + c < width ? T.Load(row + c * ChannelBlocks.Lanes) : default;
}
