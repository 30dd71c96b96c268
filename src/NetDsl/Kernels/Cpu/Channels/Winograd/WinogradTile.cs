using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>Two-dimensional transforms of the tiles of one channel block, a vector of channels at a time.</summary>
static unsafe class WinogradTile
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

    /// <summary>As <see cref="Input{T}"/>, for a 4×4 tile of the gradient by the result, which is the kernel of the gradient by the weight.</summary>
    /// <param name="dy">The channel block, [height][width][16].</param>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="row">First row of the tile.</param>
    /// <param name="column">First column of the tile.</param>
    /// <param name="result">Place 0; place p lies p * <paramref name="plane"/> floats on.</param>
    /// <param name="plane">Floats between places.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient<T>(float* dy, int height, int width, int row, int column, float* result, nint plane)
        where T : struct, IMemoryLanes<T>
    {
        var window = stackalloc float[24 * ChannelBlocks.Lanes];
        for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
        {
            for (var r = 0; r < 4; r++)
            {
                var source = dy + ((nint)(row + r) * width + column) * ChannelBlocks.Lanes + lane;
                var exists = row + r < height;
                WinogradTransform.Gradient(
                    At<T>(source, exists, column, width, 0), At<T>(source, exists, column, width, 1), At<T>(source, exists, column, width, 2), At<T>(source, exists, column, width, 3),
                    window + r * 6 * T.Count, T.Count);
            }

            var step = 6 * T.Count;
            for (var c = 0; c < 6; c++)
            {
                var p = window + c * T.Count;
                WinogradTransform.Gradient(T.Load(p), T.Load(p + step), T.Load(p + 2 * step), T.Load(p + 3 * step), result + c * plane + lane, 6 * plane);
            }
        }
    }

    /// <summary>The 4×4 results of one vector of channels from 36 products.</summary>
    /// <param name="m">The product at place 0.</param>
    /// <param name="plane">Floats between places.</param>
    /// <param name="result">The 16 vectors, row after row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output<T>(float* m, nint plane, float* result)
        where T : struct, IMemoryLanes<T>
    {
        var window = stackalloc float[24 * ChannelBlocks.Lanes];
        for (var c = 0; c < 6; c++)
        {
            var (y0, y1, y2, y3) = WinogradTransform.Output<T>(m + c * plane, 6 * plane);
            var target = window + c * T.Count;
            T.Store(target, y0);
            T.Store(target + 6 * T.Count, y1);
            T.Store(target + 12 * T.Count, y2);
            T.Store(target + 18 * T.Count, y3);
        }

        for (var r = 0; r < 4; r++)
        {
            var (y0, y1, y2, y3) = WinogradTransform.Output<T>(window + r * 6 * T.Count, T.Count);
            T.Store(result, y0);
            T.Store(result + T.Count, y1);
            T.Store(result + 2 * T.Count, y2);
            T.Store(result + 3 * T.Count, y3);
            result += 4 * T.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T At<T>(float* row, bool exists, int column, int width, int c)
        where T : struct, IMemoryLanes<T> =>
        exists && column + c >= 0 && column + c < width ? T.Load(row + c * ChannelBlocks.Lanes) : default;
}
