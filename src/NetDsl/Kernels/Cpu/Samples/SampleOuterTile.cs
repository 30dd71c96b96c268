using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// The register tile of the gradient by the weight where lanes are samples: a few filters × up to five taps, each a sum over pixels. Where a block has several vectors two are
/// taken at a time, which measured a third faster than one.
/// </summary>
static unsafe class SampleOuterTile
{
    /// <summary>Taps of a tile.</summary>
    public const int Taps = 5;

    /// <summary>The pixels of a strip. Strides count floats.</summary>
    public struct Pixels
    {
        public int Rows;
        public nint OutputRow;
        public nint InputRow;

        /// <summary>Pixels of a row.</summary>
        public int Count;

        /// <summary>From the input of one pixel to that of the next.</summary>
        public nint InputStep;
    }

    /// <summary>Filters of a tile: ten sums for 16 registers, twenty for 32.</summary>
    public static int Filters<T>()
        where T : struct, IMemoryLanes<T> => T.Count == SampleBlock.Lanes ? 4 : 2;

    /// <summary>Adds dy[filter] x[tap] over all pixels to the sums of every filter and tap.</summary>
    /// <param name="dy">The first filter's first pixel.</param>
    /// <param name="filterStride">From one filter to the next.</param>
    /// <param name="x">The element that offset 0 means.</param>
    /// <param name="offsets">Where the taps lie.</param>
    /// <param name="pixels">The pixels.</param>
    /// <param name="sums">The sums, [filter][tap][lane].</param>
    /// <param name="sumStride">From one filter's sums to the next.</param>
    /// <param name="filters">Filters: 1 … 4.</param>
    /// <param name="taps">Taps: 1 … 5.</param>
    /// <typeparam name="T">The lanes.</typeparam>
    public static void Add<T>(float* dy, nint filterStride, float* x, nint* offsets, in Pixels pixels, float* sums, nint sumStride, int filters, int taps)
        where T : struct, IMemoryLanes<T>
    {
        switch (filters)
        {
            case 1: Add<T, One>(dy, filterStride, x, offsets, pixels, sums, sumStride, taps); break;
            case 2: Add<T, Two>(dy, filterStride, x, offsets, pixels, sums, sumStride, taps); break;
            case 3: Add<T, Three>(dy, filterStride, x, offsets, pixels, sums, sumStride, taps); break;
            default: Add<T, Four>(dy, filterStride, x, offsets, pixels, sums, sumStride, taps); break;
        }
    }

    static void Add<T, TFilters>(float* dy, nint filterStride, float* x, nint* offsets, in Pixels pixels, float* sums, nint sumStride, int taps)
        where T : struct, IMemoryLanes<T>
        where TFilters : struct, ITileCount
    {
        switch (taps)
        {
            case 1: Add<T, TFilters, One>(dy, filterStride, x, offsets, pixels, sums, sumStride); break;
            case 2: Add<T, TFilters, Two>(dy, filterStride, x, offsets, pixels, sums, sumStride); break;
            case 3: Add<T, TFilters, Three>(dy, filterStride, x, offsets, pixels, sums, sumStride); break;
            case 4: Add<T, TFilters, Four>(dy, filterStride, x, offsets, pixels, sums, sumStride); break;
            default: Add<T, TFilters, Five>(dy, filterStride, x, offsets, pixels, sums, sumStride); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Add<T, TFilters, TTaps>(float* dy, nint filterStride, float* x, nint* offsets, in Pixels pixels, float* sums, nint sumStride)
        where T : struct, IMemoryLanes<T>
        where TFilters : struct, ITileCount
        where TTaps : struct, ITileCount
    {
        var step = pixels.InputStep;
        var x0 = x + offsets[0];
        var x1 = TTaps.Value > 1 ? x + offsets[1] : x0;
        var x2 = TTaps.Value > 2 ? x + offsets[2] : x0;
        var x3 = TTaps.Value > 3 ? x + offsets[3] : x0;
        var x4 = TTaps.Value > 4 ? x + offsets[4] : x0;
        var dy0 = dy;
        var dy1 = TFilters.Value > 1 ? dy0 + filterStride : dy;
        var dy2 = TFilters.Value > 2 ? dy1 + filterStride : dy;
        var dy3 = TFilters.Value > 3 ? dy2 + filterStride : dy;
        T a0 = default, a1 = default, a2 = default, a3 = default, a4 = default;
        T b0 = default, b1 = default, b2 = default, b3 = default, b4 = default;
        T c0 = default, c1 = default, c2 = default, c3 = default, c4 = default;
        T d0 = default, d1 = default, d2 = default, d3 = default, d4 = default;
        for (var row = 0; row < pixels.Rows; row++)
        {
            nint o = row * pixels.OutputRow, i = row * pixels.InputRow;
            for (var left = pixels.Count; left > 0; left--)
            {
                var g0 = T.Load(dy0 + o);
                var h0 = T.Count == SampleBlock.Lanes ? g0 : T.Load(dy0 + o + T.Count);
                var g1 = TFilters.Value <= 1 ? g0 : T.Load(dy1 + o);
                var h1 = T.Count == SampleBlock.Lanes || TFilters.Value <= 1 ? g0 : T.Load(dy1 + o + T.Count);
                var g2 = TFilters.Value <= 2 ? g0 : T.Load(dy2 + o);
                var h2 = T.Count == SampleBlock.Lanes || TFilters.Value <= 2 ? g0 : T.Load(dy2 + o + T.Count);
                var g3 = TFilters.Value <= 3 ? g0 : T.Load(dy3 + o);
                var h3 = T.Count == SampleBlock.Lanes || TFilters.Value <= 3 ? g0 : T.Load(dy3 + o + T.Count);
                var v = T.Load(x0 + i);
                a0 = T.MultiplyAdd(g0, v, a0);
                b0 = TFilters.Value <= 1 ? b0 : T.MultiplyAdd(g1, v, b0);
                c0 = TFilters.Value <= 2 ? c0 : T.MultiplyAdd(g2, v, c0);
                d0 = TFilters.Value <= 3 ? d0 : T.MultiplyAdd(g3, v, d0);
                if (T.Count < SampleBlock.Lanes)
                {
                    v = T.Load(x0 + i + T.Count);
                    a0 = T.MultiplyAdd(h0, v, a0);
                    b0 = TFilters.Value <= 1 ? b0 : T.MultiplyAdd(h1, v, b0);
                    c0 = TFilters.Value <= 2 ? c0 : T.MultiplyAdd(h2, v, c0);
                    d0 = TFilters.Value <= 3 ? d0 : T.MultiplyAdd(h3, v, d0);
                }

                if (TTaps.Value > 1)
                {
                    v = T.Load(x1 + i);
                    a1 = T.MultiplyAdd(g0, v, a1);
                    b1 = TFilters.Value <= 1 ? b1 : T.MultiplyAdd(g1, v, b1);
                    c1 = TFilters.Value <= 2 ? c1 : T.MultiplyAdd(g2, v, c1);
                    d1 = TFilters.Value <= 3 ? d1 : T.MultiplyAdd(g3, v, d1);
                    if (T.Count < SampleBlock.Lanes)
                    {
                        v = T.Load(x1 + i + T.Count);
                        a1 = T.MultiplyAdd(h0, v, a1);
                        b1 = TFilters.Value <= 1 ? b1 : T.MultiplyAdd(h1, v, b1);
                        c1 = TFilters.Value <= 2 ? c1 : T.MultiplyAdd(h2, v, c1);
                        d1 = TFilters.Value <= 3 ? d1 : T.MultiplyAdd(h3, v, d1);
                    }
                }

                if (TTaps.Value > 2)
                {
                    v = T.Load(x2 + i);
                    a2 = T.MultiplyAdd(g0, v, a2);
                    b2 = TFilters.Value <= 1 ? b2 : T.MultiplyAdd(g1, v, b2);
                    c2 = TFilters.Value <= 2 ? c2 : T.MultiplyAdd(g2, v, c2);
                    d2 = TFilters.Value <= 3 ? d2 : T.MultiplyAdd(g3, v, d2);
                    if (T.Count < SampleBlock.Lanes)
                    {
                        v = T.Load(x2 + i + T.Count);
                        a2 = T.MultiplyAdd(h0, v, a2);
                        b2 = TFilters.Value <= 1 ? b2 : T.MultiplyAdd(h1, v, b2);
                        c2 = TFilters.Value <= 2 ? c2 : T.MultiplyAdd(h2, v, c2);
                        d2 = TFilters.Value <= 3 ? d2 : T.MultiplyAdd(h3, v, d2);
                    }
                }

                if (TTaps.Value > 3)
                {
                    v = T.Load(x3 + i);
                    a3 = T.MultiplyAdd(g0, v, a3);
                    b3 = TFilters.Value <= 1 ? b3 : T.MultiplyAdd(g1, v, b3);
                    c3 = TFilters.Value <= 2 ? c3 : T.MultiplyAdd(g2, v, c3);
                    d3 = TFilters.Value <= 3 ? d3 : T.MultiplyAdd(g3, v, d3);
                    if (T.Count < SampleBlock.Lanes)
                    {
                        v = T.Load(x3 + i + T.Count);
                        a3 = T.MultiplyAdd(h0, v, a3);
                        b3 = TFilters.Value <= 1 ? b3 : T.MultiplyAdd(h1, v, b3);
                        c3 = TFilters.Value <= 2 ? c3 : T.MultiplyAdd(h2, v, c3);
                        d3 = TFilters.Value <= 3 ? d3 : T.MultiplyAdd(h3, v, d3);
                    }
                }

                if (TTaps.Value > 4)
                {
                    v = T.Load(x4 + i);
                    a4 = T.MultiplyAdd(g0, v, a4);
                    b4 = TFilters.Value <= 1 ? b4 : T.MultiplyAdd(g1, v, b4);
                    c4 = TFilters.Value <= 2 ? c4 : T.MultiplyAdd(g2, v, c4);
                    d4 = TFilters.Value <= 3 ? d4 : T.MultiplyAdd(g3, v, d4);
                    if (T.Count < SampleBlock.Lanes)
                    {
                        v = T.Load(x4 + i + T.Count);
                        a4 = T.MultiplyAdd(h0, v, a4);
                        b4 = TFilters.Value <= 1 ? b4 : T.MultiplyAdd(h1, v, b4);
                        c4 = TFilters.Value <= 2 ? c4 : T.MultiplyAdd(h2, v, c4);
                        d4 = TFilters.Value <= 3 ? d4 : T.MultiplyAdd(h3, v, d4);
                    }
                }

                o += SampleBlock.Lanes;
                i += step;
            }
        }

        Put<T, TTaps>(sums, a0, a1, a2, a3, a4);

        if (TFilters.Value > 1)
        {
            Put<T, TTaps>(sums + sumStride, b0, b1, b2, b3, b4);
        }

        if (TFilters.Value > 2)
        {
            Put<T, TTaps>(sums + 2 * sumStride, c0, c1, c2, c3, c4);
        }

        if (TFilters.Value > 3)
        {
            Put<T, TTaps>(sums + 3 * sumStride, d0, d1, d2, d3, d4);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put<T, TTaps>(float* sums, T s0, T s1, T s2, T s3, T s4)
        where T : struct, IMemoryLanes<T>
        where TTaps : struct, ITileCount
    {
        T.Store(sums, T.Load(sums) + s0);
        if (TTaps.Value > 1)
        {
            T.Store(sums + T.Count, T.Load(sums + T.Count) + s1);
        }

        if (TTaps.Value > 2)
        {
            T.Store(sums + 2 * T.Count, T.Load(sums + 2 * T.Count) + s2);
        }

        if (TTaps.Value > 3)
        {
            T.Store(sums + 3 * T.Count, T.Load(sums + 3 * T.Count) + s3);
        }

        if (TTaps.Value > 4)
        {
            T.Store(sums + 4 * T.Count, T.Load(sums + 4 * T.Count) + s4);
        }
    }
}
