using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <content>From the products at all places to the elements of a tile.</content>
static unsafe partial class FftTile
{
    /// <summary>The first rows and columns of a tile, from the three products of every frequency.</summary>
    /// <param name="m">The product at place 0.</param>
    /// <param name="plane">Floats between places.</param>
    /// <param name="rows">Rows that are wanted.</param>
    /// <param name="width">Columns that are wanted.</param>
    /// <param name="columns">Scratch.</param>
    /// <param name="target">Takes the elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Invert<T, TPoints, TTarget>(float* m, nint plane, int rows, int width, float* columns, in TTarget target)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
        where TTarget : struct, IFftTarget<T>
    {
        var line = stackalloc float[2 * TPoints.Value * T.Count];
        var part = TPoints.Value / 2 * ColumnPitch<T, TPoints>();
        for (var c = 0; c < TPoints.Value / 2; c++)
        {
            for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
            {
                if (c == 0)
                {
                    JoinEnds<T, TPoints>(m + lane, plane, line);
                    FftLine.InverseLast<T, TPoints>(line);
                }
                else
                {
                    InverseLastColumn<T, TPoints>(m + lane, plane, line);
                }

                var column = columns + lane / T.Count * part + c * ColumnPitch<T, TPoints>();
                FftLine.InverseFirst<T, TPoints>(line, column, column + T.Count, 2 * T.Count);
            }

            m += (c == 0 ? EndPlaces(TPoints.Value) : 3 * TPoints.Value) * plane;
        }

        for (var row = 0; row < rows; row += 2)
        {
            for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
            {
                JoinRows<T, TPoints>(columns + lane / T.Count * part + 2 * row * T.Count, line);
                FftLine.InverseLast<T, TPoints>(line);
                FftLine.InverseFirst<T, TPoints>(line, line, line + T.Count, 2 * T.Count);
                Store<T, TTarget>(line, row, Math.Min(2, rows - row), width, lane, target);
            }
        }
    }

    /// <summary>Both columns that are real, as the parts of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void JoinEnds<T, TPoints>(float* m, nint plane, float* line)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
    {
        var half = TPoints.Value / 2;
        var middle = line + FftLine.Position<TPoints>(half) * 2 * T.Count;
        T.Store(line, T.Load(m));
        T.Store(line + T.Count, T.Load(m + plane));
        T.Store(middle, T.Load(m + 2 * plane));
        T.Store(middle + T.Count, T.Load(m + 3 * plane));
        m += 4 * plane;
        for (var r = 1; r < half; r++)
        {
            Product(m, plane, out T ar, out T ai);
            Product(m + 3 * plane, plane, out T br, out T bi);
            Join<T, TPoints>(ar, ai, br, bi, r, line);
            m += 6 * plane;
        }
    }

    /// <summary>The lower halves of two rows' frequencies, as the whole of one complex row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void JoinRows<T, TPoints>(float* columns, float* line)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
    {
        var half = TPoints.Value / 2;
        var middle = line + FftLine.Position<TPoints>(half) * 2 * T.Count;
        T.Store(line, T.Load(columns));
        T.Store(line + T.Count, T.Load(columns + 2 * T.Count));
        T.Store(middle, T.Load(columns + T.Count));
        T.Store(middle + T.Count, T.Load(columns + 3 * T.Count));
        for (var c = 1; c < half; c++)
        {
            columns += ColumnPitch<T, TPoints>();
            Join<T, TPoints>(T.Load(columns), T.Load(columns + T.Count), T.Load(columns + 2 * T.Count), T.Load(columns + 3 * T.Count), c, line);
        }
    }

    /// <summary>Frequencies f and N - f of a + bi, where a and b are those of real numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Join<T, TPoints>(T ar, T ai, T br, T bi, int f, float* line)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
    {
        var p = line + FftLine.Position<TPoints>(f) * 2 * T.Count;
        var q = line + FftLine.Position<TPoints>(TPoints.Value - f) * 2 * T.Count;
        T.Store(p, ar - bi);
        T.Store(p + T.Count, ai + br);
        T.Store(q, ar + bi);
        T.Store(q + T.Count, br - ai);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void InverseLastColumn<T, TPoints>(float* m, nint plane, float* line)
        where T : struct, IMemoryLanes<T>
        where TPoints : struct, ITileCount
    {
        for (var group = 0; group < TPoints.Value / 4; group++)
        {
            Product(m, plane, out T ar, out T ai);
            Product(m + 3 * plane, plane, out T br, out T bi);
            Product(m + 6 * plane, plane, out T cr, out T ci);
            Product(m + 9 * plane, plane, out T dr, out T di);
            FftLine.Inverse4(ar, ai, br, bi, cr, ci, dr, di, line, line + T.Count, 2 * T.Count);
            m += 12 * plane;
            line += 8 * T.Count;
        }
    }

    /// <summary>The complex product, from Gauss's three.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Product<T>(float* m, nint plane, out T re, out T im)
        where T : struct, IMemoryLanes<T>
    {
        var first = T.Load(m);
        re = first - T.Load(m + 2 * plane);
        im = first + T.Load(m + plane);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Store<T, TTarget>(float* line, int row, int rows, int width, int lane, in TTarget target)
        where T : struct, IMemoryLanes<T>
        where TTarget : struct, IFftTarget<T>
    {
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < width; c++)
            {
                target.Store(row + r, c, lane, T.Load(line + (2 * c + r) * T.Count));
            }
        }
    }
}
