using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

public static unsafe partial class SampleProduct
{
    /// <summary>Floats of scratch that the gradient by the weight needs.</summary>
    public const int WeightGradientScratch = SlabsAtOnce * Lanes * InputsAtOnce;

    /// <summary>Vectors of inputs to a strip, the width of a register tile.</summary>
    const int Vectors = 2;

    /// <summary>Units of a register tile.</summary>
    const int UnitsAtOnce = 6;

    /// <summary>Slabs (a slab is one row of a block's samples) and inputs that are turned at once: they stay in the second-level cache.</summary>
    const int SlabsAtOnce = 8;
    const int InputsAtOnce = 256;

    /// <summary>How often the same inputs may be turned, for as many parts of the units.</summary>
    const int TurnsOfInputs = 4;

    /// <summary>Items of <c>WeightGradient</c>: a few units × <see cref="InputsAtOnce"/> inputs.</summary>
    public static int WeightGradientItems(int units, int inputs) => Tiles(units, UnitsAtOnce) * Tiles(inputs, InputsAtOnce);

    /// <summary>
    /// dweight[u, i] = Σ over samples of dy[u] x[i]. Samples lie in the lanes, so a sum over them would end in one sum over lanes for every weight; instead the input is
    /// turned round ([sample, input]) and serves all units with whole vectors of inputs. Items of the same inputs follow each other and share them.
    /// </summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the result, at block 0.</param>
    /// <param name="x">The input, at block 0.</param>
    /// <param name="result">The gradient by the weight, [units, inputs].</param>
    /// <param name="scratch">Scratch memory.</param>
    /// <param name="units">Outputs of the layer.</param>
    /// <param name="inputs">Inputs of the layer.</param>
    /// <param name="rows">How many rows of each sample the layer is applied to: the sum runs over them, too.</param>
    /// <typeparam name="T">The lanes.</typeparam>
    public static void WeightGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* x, float* result, float* scratch, int units, int inputs, int rows = 1)
        where T : struct, IMemoryLanes<T>
    {
        var tiles = Tiles(units, UnitsAtOnce);
        while (begin < end)
        {
            var chunk = begin / tiles;
            var last = Math.Min(end, (chunk + 1) * tiles);
            var first = chunk * InputsAtOnce;
            for (var slab = 0; slab < worker.Blocks * rows; slab += SlabsAtOnce)
            {
                AddSlabs<T>(worker, (begin - chunk * tiles, last - chunk * tiles), (slab, rows), dy, x, result, scratch, units, inputs, (first, Math.Min(InputsAtOnce, inputs - first)));
            }

            begin = last;
        }
    }

    /// <summary>Adds the products of a few slabs to the gradient of some units and inputs; the first slabs begin the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddSlabs<T>(
        CpuWorker worker, (int Begin, int End) tiles, (int First, int Rows) slab, float* dy, float* x, float* result, float* turned, int units, int inputs, (int First, int Count) chunk)
        where T : struct, IMemoryLanes<T>
    {
        var strip = Vectors * T.Count;
        var count = Math.Min(SlabsAtOnce, worker.Blocks * slab.Rows - slab.First);
        var offsets = stackalloc nint[SlabsAtOnce];
        var sums = stackalloc float[UnitsAtOnce * Vectors * Lanes];
        Place(offsets, worker, slab.First, count, slab.Rows, inputs);
        for (var i = 0; i < chunk.Count; i += strip)
        {
            Turn(x + (nint)(chunk.First + i) * Lanes, turned + i * count * Lanes, offsets, count, Math.Min(strip, chunk.Count - i), strip);
        }

        Place(offsets, worker, slab.First, count, slab.Rows, units);
        for (var tile = tiles.Begin; tile < tiles.End; tile++)
        {
            var u = tile * UnitsAtOnce;
            var target = result + ((nint)u * inputs) + chunk.First;
            for (var i = 0; i < chunk.Count; i += strip)
            {
                Outer<T>(
                    dy + u * Lanes, offsets, turned + i * count * Lanes, count, sums, target + i, inputs, Math.Min(strip, chunk.Count - i), slab.First > 0, Math.Min(UnitsAtOnce, units - u));
            }
        }
    }

    static int Tiles(int count, int size) => (count + size - 1) / size;

    /// <summary>Where slabs lie behind the first: rows follow each other within a block.</summary>
    static void Place(nint* offsets, CpuWorker worker, int slab, int count, int rows, int width)
    {
        for (var i = 0; i < count; i++)
        {
            var (block, row) = Math.DivRem(slab + i, rows);
            offsets[i] = (nint)(block * worker.BlockStride) + (nint)row * width * Lanes;
        }
    }

    /// <summary>[input][lane] of each slab to [slab][lane][input], with zeros behind the last input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Turn(float* x, float* turned, nint* offsets, int slabs, int width, int strip)
    {
        for (var slab = 0; slab < slabs; slab++)
        {
            var source = x + offsets[slab];
            for (var lane = 0; lane < Lanes; lane++)
            {
                for (var i = 0; i < width; i++)
                {
                    turned[i] = source[i * Lanes + lane];
                }

                for (var i = width; i < strip; i++)
                {
                    turned[i] = 0;
                }

                turned += strip;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Outer<T>(float* dy, nint* offsets, float* turned, int slabs, float* sums, float* result, int inputs, int width, bool accumulate, int units)
        where T : struct, IMemoryLanes<T>
    {
        switch (units)
        {
            case 1: Outer<T, One>(dy, offsets, turned, slabs, sums, result, inputs, width, accumulate); break;
            case 2: Outer<T, Two>(dy, offsets, turned, slabs, sums, result, inputs, width, accumulate); break;
            case 3: Outer<T, Three>(dy, offsets, turned, slabs, sums, result, inputs, width, accumulate); break;
            case 4: Outer<T, Four>(dy, offsets, turned, slabs, sums, result, inputs, width, accumulate); break;
            case 5: Outer<T, Five>(dy, offsets, turned, slabs, sums, result, inputs, width, accumulate); break;
            default: Outer<T, Six>(dy, offsets, turned, slabs, sums, result, inputs, width, accumulate); break;
        }
    }

    /// <summary>The register tile: up to six units × two vectors of inputs, summed over samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Outer<T, TUnits>(float* dy, nint* offsets, float* turned, int slabs, float* sums, float* result, int inputs, int width, bool accumulate)
        where T : struct, IMemoryLanes<T>
        where TUnits : struct, ITileCount
    {
        T a0 = default, a1 = default;
        T b0 = default, b1 = default;
        T c0 = default, c1 = default;
        T d0 = default, d1 = default;
        T e0 = default, e1 = default;
        T f0 = default, f1 = default;
        for (var slab = 0; slab < slabs; slab++)
        {
            var g = dy + offsets[slab];
            for (var lane = 0; lane < Lanes; lane++)
            {
                var x0 = T.Load(turned);
                var x1 = T.Load(turned + T.Count);
                var d = T.Create(g[0]);
                a0 = T.MultiplyAdd(d, x0, a0);
                a1 = T.MultiplyAdd(d, x1, a1);

                if (TUnits.Value > 1)
                {
                    d = T.Create(g[Lanes]);
                    b0 = T.MultiplyAdd(d, x0, b0);
                    b1 = T.MultiplyAdd(d, x1, b1);
                }

                if (TUnits.Value > 2)
                {
                    d = T.Create(g[2 * Lanes]);
                    c0 = T.MultiplyAdd(d, x0, c0);
                    c1 = T.MultiplyAdd(d, x1, c1);
                }

                if (TUnits.Value > 3)
                {
                    d = T.Create(g[3 * Lanes]);
                    d0 = T.MultiplyAdd(d, x0, d0);
                    d1 = T.MultiplyAdd(d, x1, d1);
                }

                if (TUnits.Value > 4)
                {
                    d = T.Create(g[4 * Lanes]);
                    e0 = T.MultiplyAdd(d, x0, e0);
                    e1 = T.MultiplyAdd(d, x1, e1);
                }

                if (TUnits.Value > 5)
                {
                    d = T.Create(g[5 * Lanes]);
                    f0 = T.MultiplyAdd(d, x0, f0);
                    f1 = T.MultiplyAdd(d, x1, f1);
                }

                turned += Vectors * T.Count;
                g++;
            }
        }

        // Sums leave the registers before anything is called: those that lived across a call would never have been in one.
        T.Store(sums, a0);
        T.Store(sums + T.Count, a1);

        if (TUnits.Value > 1)
        {
            T.Store(sums + 2 * T.Count, b0);
            T.Store(sums + 3 * T.Count, b1);
        }

        if (TUnits.Value > 2)
        {
            T.Store(sums + 4 * T.Count, c0);
            T.Store(sums + 5 * T.Count, c1);
        }

        if (TUnits.Value > 3)
        {
            T.Store(sums + 6 * T.Count, d0);
            T.Store(sums + 7 * T.Count, d1);
        }

        if (TUnits.Value > 4)
        {
            T.Store(sums + 8 * T.Count, e0);
            T.Store(sums + 9 * T.Count, e1);
        }

        if (TUnits.Value > 5)
        {
            T.Store(sums + 10 * T.Count, f0);
            T.Store(sums + 11 * T.Count, f1);
        }

        for (var unit = 0; unit < TUnits.Value; unit++)
        {
            Put<T>(result, sums, width, accumulate);
            result += inputs;
            sums += Vectors * T.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Put<T>(float* result, float* sums, int width, bool accumulate)
        where T : struct, IMemoryLanes<T>
    {
        if (width == Vectors * T.Count)
        {
            T.Store(result, accumulate ? T.Load(result) + T.Load(sums) : T.Load(sums));
            T.Store(result + T.Count, accumulate ? T.Load(result + T.Count) + T.Load(sums + T.Count) : T.Load(sums + T.Count));
            return;
        }

        for (var i = 0; i < width; i++)
        {
            result[i] = accumulate ? result[i] + sums[i] : sums[i];
        }
    }
}
