using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <content>The transposed transforms of tiles.</content>
static unsafe partial class WinogradTile
{
    /// <summary>The 36 gradients by the products of a tile, of the gradients by its results; those outside are zero.</summary>
    /// <param name="dy">The gradient by the result, [height][width][16].</param>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="row">First row of the tile.</param>
    /// <param name="column">First column of the tile.</param>
    /// <param name="result">Place 0; place p lies p * <paramref name="plane"/> floats on.</param>
    /// <param name="plane">Floats between places.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputGradient<T, TTile>(float* dy, int height, int width, int row, int column, float* result, nint plane)
        where T : struct, IMemoryLanes<T>
        where TTile : struct, ITileCount
    {
        const int points = WinogradTransform.Points;
        var rows = stackalloc float[TTile.Value * points * ChannelBlocks.Lanes];
        for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
        {
            for (var r = 0; r < TTile.Value; r++)
            {
                var source = dy + ((nint)(row + r) * width + column) * ChannelBlocks.Lanes + lane;
                var exists = row + r < height;
                WinogradTransform.OutputGradient(
                    TTile.Value, At<T>(source, exists, column, width, 0), At<T>(source, exists, column, width, 1),
                    TTile.Value > 2 ? At<T>(source, exists, column, width, 2) : default,
                    TTile.Value > 2 ? At<T>(source, exists, column, width, 3) : default,
                    rows + r * points * T.Count, T.Count);
            }

            for (var c = 0; c < points; c++)
            {
                var p = rows + c * T.Count;
                nint step = points * T.Count;
                WinogradTransform.OutputGradient(
                    TTile.Value, T.Load(p), T.Load(p + step),
                    TTile.Value > 2 ? T.Load(p + 2 * step) : default,
                    TTile.Value > 2 ? T.Load(p + 3 * step) : default,
                    result + c * plane + lane, points * plane);
            }
        }
    }

    /// <summary>Adds the gradients by a window of the input, of the 36 gradients by what it is transformed to, for one vector; what lies outside is left out.</summary>
    /// <param name="m">The gradient at place 0.</param>
    /// <param name="plane">Floats between places.</param>
    /// <param name="dx">The sums, [height][width][16].</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="row">First row of the window, perhaps negative.</param>
    /// <param name="column">First column of the window, perhaps negative.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddInputGradient<T>(float* m, nint plane, float* dx, int height, int width, int row, int column)
        where T : struct, IMemoryLanes<T>
    {
        const int points = WinogradTransform.Points;
        var window = stackalloc float[WinogradPass.Places * ChannelBlocks.Lanes];
        for (var c = 0; c < points; c++)
        {
            var d = WinogradTransform.InputGradient<T>(m + c * plane, points * plane);
            var target = window + c * T.Count;
            T.Store(target, d.D0);
            T.Store(target + points * T.Count, d.D1);
            T.Store(target + 2 * points * T.Count, d.D2);
            T.Store(target + 3 * points * T.Count, d.D3);
            T.Store(target + 4 * points * T.Count, d.D4);
            T.Store(target + 5 * points * T.Count, d.D5);
        }

        for (var r = Math.Max(0, -row); r < Math.Min(points, height - row); r++)
        {
            var d = WinogradTransform.InputGradient<T>(window + r * points * T.Count, T.Count);
            var target = dx + ((nint)(row + r) * width + column) * ChannelBlocks.Lanes;
            Add(target, column, width, 0, d.D0);
            Add(target, column, width, 1, d.D1);
            Add(target, column, width, 2, d.D2);
            Add(target, column, width, 3, d.D3);
            Add(target, column, width, 4, d.D4);
            Add(target, column, width, 5, d.D5);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add<T>(float* row, int column, int width, int c, T value)
        where T : struct, IMemoryLanes<T>
    {
        if (column + c >= 0 && column + c < width)
        {
            T.Store(row + c * ChannelBlocks.Lanes, T.Load(row + c * ChannelBlocks.Lanes) + value);
        }
    }
}
