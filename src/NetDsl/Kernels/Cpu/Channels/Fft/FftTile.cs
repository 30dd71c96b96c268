using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// Two-dimensional transforms of the tiles of one channel block. Numbers are real, so half of the frequencies say all: two rows are transformed as the parts of a
/// complex one, then the columns of the lower half; columns 0 and N / 2, which are real, again as the parts of one. Its places are the four real frequencies, three for each of the others of columns 0 and N / 2, and three for each of the columns between, row by row as
/// <see cref="FftLine"/> leaves them.
/// </summary>
static unsafe partial class FftTile
{
    /// <summary>Elements of a transformed tile.</summary>
    public static int Places(int points) => EndPlaces(points) + 3 * (points / 2 - 1) * points;

    /// <summary>Floats of scratch: the half-transformed columns of all lanes.</summary>
    public static int Scratch(int points) => points / 2 * (2 * points + 2) * ChannelBlocks.Lanes;

    /// <summary>Transforms a window; the frequencies are doubled.</summary>
    /// <param name="window">What is transformed.</param>
    /// <param name="columns">Scratch.</param>
    /// <param name="result">Place 0; place p lies p * <paramref name="plane"/> floats on.</param>
    /// <param name="plane">Floats between places.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform<T, TPoints, TFactor>(in FftWindow window, float* columns, float* result, nint plane)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
        where TFactor : struct, IFftFactor
    {
        // The lines that are written come while the rows are transformed.
        CacheLines.FetchAcross(result, plane, Places(TPoints.Value));
        var line = stackalloc float[2 * TPoints.Value * T.Count];
        var part = TPoints.Value / 2 * ColumnPitch<T, TPoints>();
        for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
        {
            for (var row = 0; row < TPoints.Value; row += 2)
            {
                Rows<T, TPoints>(window, row, lane, line, columns + lane / T.Count * part + 2 * row * T.Count);
            }
        }

        // All lanes of a place one after the other: they share a line of the cache.
        for (var c = 0; c < TPoints.Value / 2; c++)
        {
            for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
            {
                var column = columns + lane / T.Count * part;
                FftLine.First<T, TPoints>(column, column + T.Count, 2 * T.Count, line);
                if (c == 0)
                {
                    FftLine.Last<T, TPoints>(line);
                    Ends<T, TPoints, TFactor>(line, result + lane, plane);
                }
                else
                {
                    LastColumn<T, TPoints, TFactor>(line, result + lane, plane);
                }
            }

            columns += ColumnPitch<T, TPoints>();
            result += (c == 0 ? EndPlaces(TPoints.Value) : 3 * TPoints.Value) * plane;
        }
    }

    /// <summary>Floats from one half-transformed column to the next, with room between, so that they do not fall into one set of the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int ColumnPitch<T, TPoints>()
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount => (2 * TPoints.Value + 2) * T.Count;

    /// <summary>Two rows, whose frequencies are then taken apart; of column 0 the imaginary part is column N / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Rows<T, TPoints>(in FftWindow window, int row, int lane, float* line, float* columns)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
    {
        var half = TPoints.Value / 2;
        var pitch = ColumnPitch<T, TPoints>();
        if (!window.HasRow(row) && !window.HasRow(row + 1))
        {
            for (var c = 0; c < half; c++)
            {
                T.Store(columns, default);
                T.Store(columns + T.Count, default);
                T.Store(columns + 2 * T.Count, default);
                T.Store(columns + 3 * T.Count, default);
                columns += pitch;
            }

            return;
        }

        var source = window.Source + row * window.RowStride + lane;
        if (window.HasWhole(row, TPoints.Value))
        {
            FftLine.First<T, TPoints>(source, source + window.RowStride, ChannelBlocks.Lanes, line);
        }
        else
        {
            Copy<T, TPoints>(window, row, lane, line);
            FftLine.First<T, TPoints>(line, line + T.Count, 2 * T.Count, line);
        }

        FftLine.Last<T, TPoints>(line);
        var middle = line + FftLine.Position<TPoints>(half) * 2 * T.Count;
        T.Store(columns, T.Load(line));
        T.Store(columns + T.Count, T.Load(middle));
        T.Store(columns + 2 * T.Count, T.Load(line + T.Count));
        T.Store(columns + 3 * T.Count, T.Load(middle + T.Count));
        for (var c = 1; c < half; c++)
        {
            columns += pitch;
            var p = line + FftLine.Position<TPoints>(c) * 2 * T.Count;
            var q = line + FftLine.Position<TPoints>(TPoints.Value - c) * 2 * T.Count;
            var (pr, pi, qr, qi) = (T.Load(p), T.Load(p + T.Count), T.Load(q), T.Load(q + T.Count));
            T.Store(columns, pr + qr);
            T.Store(columns + T.Count, pi - qi);
            T.Store(columns + 2 * T.Count, pi + qi);
            T.Store(columns + 3 * T.Count, qr - pr);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Copy<T, TPoints>(in FftWindow window, int row, int lane, float* line)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
    {
        for (var part = 0; part < 2; part++)
        {
            var exists = window.HasRow(row + part);
            var source = window.Source + (row + part) * window.RowStride + lane;
            for (var c = 0; c < TPoints.Value; c++)
            {
                T.Store(
                    line + (2 * c + part) * T.Count,
                    exists && c >= window.FirstColumn && c < window.EndColumn ? T.Load(source + c * ChannelBlocks.Lanes) : default);
            }
        }
    }

    /// <summary>The frequencies of columns 0 and N / 2, which were transformed as one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Ends<T, TPoints, TFactor>(float* line, float* result, nint plane)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
        where TFactor : struct, IFftFactor
    {
        var half = TPoints.Value / 2;
        var middle = line + FftLine.Position<TPoints>(half) * 2 * T.Count;
        TFactor.StoreReal(result, Double(T.Load(line)));
        TFactor.StoreReal(result + plane, Double(T.Load(line + T.Count)));
        TFactor.StoreReal(result + 2 * plane, Double(T.Load(middle)));
        TFactor.StoreReal(result + 3 * plane, Double(T.Load(middle + T.Count)));
        result += 4 * plane;
        for (var r = 1; r < half; r++)
        {
            var p = line + FftLine.Position<TPoints>(r) * 2 * T.Count;
            var q = line + FftLine.Position<TPoints>(TPoints.Value - r) * 2 * T.Count;
            var (pr, pi, qr, qi) = (T.Load(p), T.Load(p + T.Count), T.Load(q), T.Load(q + T.Count));
            TFactor.Store(result, plane, pr + qr, pi - qi);
            TFactor.Store(result + 3 * plane, plane, pi + qi, qr - pr);
            result += 6 * plane;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void LastColumn<T, TPoints, TFactor>(float* line, float* result, nint plane)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
        where TFactor : struct, IFftFactor
    {
        for (var group = 0; group < TPoints.Value / 4; group++)
        {
            FftLine.Butterfly4(line, line + T.Count, 2 * T.Count, out T r0, out T i0, out T r1, out T i1, out T r2, out T i2, out T r3, out T i3);
            TFactor.Store(result, plane, r0, i0);
            TFactor.Store(result + 3 * plane, plane, r1, i1);
            TFactor.Store(result + 6 * plane, plane, r2, i2);
            TFactor.Store(result + 9 * plane, plane, r3, i3);
            result += 12 * plane;
            line += 8 * T.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Double<T>(T a)
        where T : struct, IMemoryLanes<T> => a + a;

    /// <summary>Places of columns 0 and N / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int EndPlaces(int points) => 4 + 6 * (points / 2 - 1);
}
