using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// dweight[u, i] = Σ over samples of dy[u] x[i]. Samples lie in the lanes, so a sum over them would end in one sum over lanes for every weight; instead a strip
/// of the input is turned round once ([sample, input]) and serves all units with whole vectors of inputs.
/// </summary>
public static unsafe class MatrixProductTiles
{
    /// <summary>Vectors of inputs to a strip.</summary>
    const int Vectors = 2;

    /// <summary>Slabs whose turned strip fits the first-level cache beside the rest.</summary>
    const int SlabsAtOnce = 8;

    /// <summary>The number of strips.</summary>
    public static int WeightGradientItems<T>(int inputs)
        where T : struct, IMemoryLanes<T> => (inputs + Vectors * T.Count - 1) / (Vectors * T.Count);

    /// <summary>Strips <paramref name="begin"/> … <paramref name="end"/> of the gradient.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first strip.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the result, at block 0.</param>
    /// <param name="x">The input, at block 0.</param>
    /// <param name="result">The gradient by the weight, [units, inputs].</param>
    /// <param name="units">Outputs of the layer.</param>
    /// <param name="inputs">Inputs of the layer.</param>
    /// <param name="rows">How many rows of each sample the layer is applied to: the sum runs over them, too.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* x, float* result, int units, int inputs, int rows = 1)
        where T : struct, IMemoryLanes<T>
    {
        var strip = Vectors * T.Count;
        var slabs = worker.Blocks * rows;
        var offsets = stackalloc nint[SlabsAtOnce];
        var turned = stackalloc float[SlabsAtOnce * SampleBlock.Lanes * strip];
        for (var item = begin; item < end; item++)
        {
            var first = item * strip;
            var width = Math.Min(strip, inputs - first);
            for (var slab = 0; slab < slabs; slab += SlabsAtOnce)
            {
                var count = Math.Min(SlabsAtOnce, slabs - slab);
                Place(offsets, worker, slab, count, rows, inputs);
                Turn(x + (nint)first * SampleBlock.Lanes, turned, offsets, count, width, strip);
                Place(offsets, worker, slab, count, rows, units);
                var u = 0;
                for (; u + 8 <= units; u += 8)
                {
                    Tile8<T>(dy + u * SampleBlock.Lanes, offsets, turned, count, result + ((nint)u * inputs) + first, inputs, width, slab > 0);
                }

                for (; u < units; u++)
                {
                    Tile1<T>(dy + u * SampleBlock.Lanes, offsets, turned, count, result + ((nint)u * inputs) + first, width, slab > 0);
                }
            }
        }
    }

    /// <summary>Where slabs, a slab being one row of a block's samples, lie behind the first: rows follow each other within a block.</summary>
    static void Place(nint* offsets, CpuWorker worker, int slab, int count, int rows, int width)
    {
        for (var i = 0; i < count; i++)
        {
            var (block, row) = Math.DivRem(slab + i, rows);
            offsets[i] = (nint)(block * worker.BlockStride) + (nint)row * width * SampleBlock.Lanes;
        }
    }

    /// <summary>[input][lane] of each slab to [sample][input], with zeros behind the last input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Turn(float* x, float* turned, nint* offsets, int slabs, int width, int strip)
    {
        for (var slab = 0; slab < slabs; slab++)
        {
            var source = x + offsets[slab];
            var target = turned + slab * SampleBlock.Lanes * strip;
            for (var lane = 0; lane < SampleBlock.Lanes; lane++)
            {
                for (var i = 0; i < width; i++)
                {
                    target[lane * strip + i] = source[i * SampleBlock.Lanes + lane];
                }

                for (var i = width; i < strip; i++)
                {
                    target[lane * strip + i] = 0;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile8<T>(float* dy, nint* offsets, float* turned, int slabs, float* result, int inputs, int width, bool accumulate)
        where T : struct, IMemoryLanes<T>
    {
        T a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
        T b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default, b6 = default, b7 = default;
        for (var slab = 0; slab < slabs; slab++)
        {
            var g = dy + offsets[slab];
            for (var lane = 0; lane < SampleBlock.Lanes; lane++)
            {
                var x0 = T.Load(turned);
                var x1 = T.Load(turned + T.Count);
                turned += Vectors * T.Count;
                var d = T.Create(g[0]);
                a0 = T.MultiplyAdd(d, x0, a0);
                b0 = T.MultiplyAdd(d, x1, b0);
                d = T.Create(g[16]);
                a1 = T.MultiplyAdd(d, x0, a1);
                b1 = T.MultiplyAdd(d, x1, b1);
                d = T.Create(g[32]);
                a2 = T.MultiplyAdd(d, x0, a2);
                b2 = T.MultiplyAdd(d, x1, b2);
                d = T.Create(g[48]);
                a3 = T.MultiplyAdd(d, x0, a3);
                b3 = T.MultiplyAdd(d, x1, b3);
                d = T.Create(g[64]);
                a4 = T.MultiplyAdd(d, x0, a4);
                b4 = T.MultiplyAdd(d, x1, b4);
                d = T.Create(g[80]);
                a5 = T.MultiplyAdd(d, x0, a5);
                b5 = T.MultiplyAdd(d, x1, b5);
                d = T.Create(g[96]);
                a6 = T.MultiplyAdd(d, x0, a6);
                b6 = T.MultiplyAdd(d, x1, b6);
                d = T.Create(g[112]);
                a7 = T.MultiplyAdd(d, x0, a7);
                b7 = T.MultiplyAdd(d, x1, b7);
                g++;
            }
        }

        Put(result, a0, b0, width, accumulate);
        Put(result + inputs, a1, b1, width, accumulate);
        Put(result + 2 * (nint)inputs, a2, b2, width, accumulate);
        Put(result + 3 * (nint)inputs, a3, b3, width, accumulate);
        Put(result + 4 * (nint)inputs, a4, b4, width, accumulate);
        Put(result + 5 * (nint)inputs, a5, b5, width, accumulate);
        Put(result + 6 * (nint)inputs, a6, b6, width, accumulate);
        Put(result + 7 * (nint)inputs, a7, b7, width, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile1<T>(float* dy, nint* offsets, float* turned, int slabs, float* result, int width, bool accumulate)
        where T : struct, IMemoryLanes<T>
    {
        T a = default, b = default;
        for (var slab = 0; slab < slabs; slab++)
        {
            for (var lane = 0; lane < SampleBlock.Lanes; lane++)
            {
                var d = T.Create(dy[offsets[slab] + lane]);
                a = T.MultiplyAdd(d, T.Load(turned), a);
                b = T.MultiplyAdd(d, T.Load(turned + T.Count), b);
                turned += Vectors * T.Count;
            }
        }

        Put(result, a, b, width, accumulate);
    }

    static void Put<T>(float* result, T a, T b, int width, bool accumulate)
        where T : struct, IMemoryLanes<T>
    {
        if (width == Vectors * T.Count)
        {
            T.Store(result, accumulate ? T.Load(result) + a : a);
            T.Store(result + T.Count, accumulate ? T.Load(result + T.Count) + b : b);
            return;
        }

        var part = stackalloc float[Vectors * T.Count];
        T.Store(part, a);
        T.Store(part + T.Count, b);
        for (var i = 0; i < width; i++)
        {
            result[i] = accumulate ? result[i] + part[i] : part[i];
        }
    }
}
