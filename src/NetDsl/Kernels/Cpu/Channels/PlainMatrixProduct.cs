using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// The dense layer in the plain layout: x and y are rows of floats, one a sample; weight is [units, inputs]. One sample runs at the speed of memory;
/// many are worked on in blocks, so that a weight is read once for all of them. The order of every sum depends on nothing but the sizes: a sample's
/// result is the same in every batch.
/// </summary>
public static unsafe partial class PlainMatrixProduct
{
    /// <summary>Units of an item.</summary>
    const int ItemUnits = 16;

    /// <summary>Samples whose sums are held at once.</summary>
    const int ForwardSamples = 48;

    /// <summary>Inputs that are summed before the next samples: eight rows of them stay in the first-level cache.</summary>
    const int ForwardInputs = 768;

    /// <summary>Items of <c>Forward</c>, in all.</summary>
    public static int ForwardItems(int units, int inputs) => (units + ItemUnits - 1) / ItemUnits;

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long ForwardScratch(int units, int inputs) => ForwardSamples * ItemUnits * 16 + (ItemUnits + ForwardSamples) * 16 + ItemUnits;

    /// <summary>y[n, u] = Σ over i of weight[u, i] x[n, i], + bias[u].</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: sixteen units.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="x">The input of sample 0.</param>
    /// <param name="weight">The weights, [units, inputs].</param>
    /// <param name="bias">The bias; null for none.</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="units">Units.</param>
    /// <param name="inputs">Inputs.</param>
    /// <param name="epilogue">Takes vectors of neighbouring units, up to a multiple of 16; those behind the last unit are 0.</param>
    /// <param name="rows">Vectors of inputs in each sample, one behind the other; with several the units are a multiple of 16.</param>
    public static void Forward<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* x, float* weight, float* bias, float* scratch, int units, int inputs, TEpilogue epilogue, int rows = 1)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var sums = scratch;
        var vector = scratch + ForwardSamples * ItemUnits * 16;
        // The rows of a sample lie as close as one behind the other, samples as far apart as blocks.
        var (blocks, vectors, xStride, yStride) = rows == 1 ? (1, worker.Samples, (nint)worker.BlockStride, (nint)worker.BlockStride) : (worker.Samples, rows, inputs, units);
        for (var item = begin; item < end; item++)
        {
            var first = item * ItemUnits;
            var count = Math.Min(ItemUnits, units - first);
            for (var block = 0; block < blocks; block++)
            {
                var from = (nint)(block * worker.BlockStride);
                for (var n = 0; n < vectors; n += ForwardSamples)
                {
                    var some = Math.Min(ForwardSamples, vectors - n);
                    DotProducts<T>(x + (from + n * xStride), xStride, some, weight + (nint)first * inputs, count, inputs, sums, vector + ItemUnits);
                    Store<T, TEpilogue>(sums, some, vector, bias == null ? null : bias + first, count, from + n * yStride + first, yStride, epilogue);
                }
            }
        }
    }

    /// <summary>Adds the lanes of each sum and the bias, and gives the epilogue a vector of units for each vector of inputs.</summary>
    static void Store<T, TEpilogue>(float* sums, int vectors, float* vector, float* bias, int units, nint offset, nint stride, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        for (var n = 0; n < vectors; n++)
        {
            LaneSums.Of16<T>(sums + n * ItemUnits * T.Count, vector);
            for (var u = 0; u < ItemUnits; u++)
            {
                vector[u] = u < units ? vector[u] + (bias == null ? 0 : bias[u]) : 0;
            }

            for (var lane = 0; lane < ItemUnits; lane += T.Count)
            {
                epilogue.Store(offset + n * stride + lane, T.Load(vector + lane));
            }
        }
    }

    /// <summary>sums[n][u] = lane-wise sums of weight[u] x[n]; what does not fill a vector goes last, with zeros.</summary>
    static void DotProducts<T>(float* x, nint sampleStride, int samples, float* weight, int units, int inputs, float* sums, float* tails)
        where T : struct, IMemoryLanes<T>
    {
        new Span<float>(sums, samples * ItemUnits * T.Count).Clear();
        var whole = inputs / T.Count * T.Count;
        // With nothing to read twice, long streams are better.
        var step = samples < 3 ? Math.Max(1, whole) : ForwardInputs;
        for (var i = 0; i < whole; i += step)
        {
            DotTiles<T>(new(weight + i, inputs, units), x + i, sampleStride, samples, Math.Min(step, whole - i), sums);
        }

        if (whole < inputs)
        {
            var rest = inputs - whole;
            var xTails = tails + ItemUnits * 16;
            for (var u = 0; u < ItemUnits; u++)
            {
                Tail(weight + Math.Min(u, units - 1) * (nint)inputs + whole, rest, tails + u * 16);
            }

            for (var n = 0; n < samples; n++)
            {
                Tail(x + n * sampleStride + whole, rest, xTails + n * 16);
            }

            DotTiles<T>(new(tails, 16, ItemUnits), xTails, 16, samples, T.Count, sums);
        }
    }

    static void DotTiles<T>(WeightRows rows, float* x, nint sampleStride, int samples, int count, float* sums)
        where T : struct, IMemoryLanes<T>
    {
        var sumStride = (nint)ItemUnits * T.Count;
        if (T.Count < 16)
        {
            for (var unit = 0; unit < ItemUnits; unit += 4)
            {
                var n = 0;
                for (; n + 2 <= samples; n += 2)
                {
                    DotTileNarrow.Dot4x2<T>(rows, unit, x + n * sampleStride, sampleStride, count, sums + n * sumStride, sumStride);
                }

                if (n < samples)
                {
                    DotTileNarrow.Dot4x1<T>(rows, unit, x + n * sampleStride, count, sums + n * sumStride);
                }
            }

            return;
        }

        for (var unit = 0; unit < ItemUnits; unit += 8)
        {
            var eight = rows.From(unit);
            var sum = sums + unit * 16;
            var n = 0;
            for (; n + 3 <= samples; n += 3)
            {
                DotTile512.Dot8x3(eight, x + n * sampleStride, sampleStride, count, sum + n * sumStride, sumStride);
            }

            if (n + 2 == samples)
            {
                DotTile512.Dot8x2(eight, x + n * sampleStride, sampleStride, count, sum + n * sumStride, sumStride);
            }
            else if (n < samples)
            {
                DotTile512.Dot8x1(eight, x + n * sampleStride, sampleStride, count, sum + n * sumStride, sumStride);
            }
        }
    }

    static void Tail(float* source, int count, float* target)
    {
        for (var i = 0; i < 16; i++)
        {
            target[i] = i < count ? source[i] : 0;
        }
    }
}
