using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// The dense layer in the plain layout, as <see cref="PlainMatrixProduct"/>, with weights in panels of 32 units: [panel][input][32]. Sums lie in the lanes of
/// vectors, so there is nothing to add up across lanes. It is for weights that stay, since to pack them costs as much as some predictions. Every sum goes
/// through the inputs in order, whatever the batch.
/// </summary>
public static unsafe partial class PackedMatrixProduct
{
    const int PanelUnits = 32;

    /// <summary>Units of an item: two panels, so that one vector of inputs meets enough sums to hide the latency of a multiply-add.</summary>
    const int ItemUnits = 2 * PanelUnits;

    /// <summary>Vectors of inputs of an item.</summary>
    const int ItemVectors = 48;

    /// <summary>Up to so many vectors, each is worked on by itself.</summary>
    const int FewVectors = 2;

    /// <summary>Sixteens of inputs that are summed before the next vectors: their weights stay in the second-level cache.</summary>
    const int Chunk = 64;

    const int Lanes = ChannelBlocks.Lanes;
    const int SumBlock = ItemVectors * Lanes;

    /// <summary>Items of <c>Forward</c>, in all.</summary>
    public static int ForwardItems(CpuWorker worker, int units, int rows) => UnitItems(units) * VectorItems(worker, rows);

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long ForwardScratch => (ItemUnits / Lanes * SumBlock) + ItemUnits + (2 * Chunk);

    /// <summary>y[n, u] = Σ over i of weight[u, i] x[n, i], + bias[u].</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: 64 units of 48 vectors.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="x">The input of sample 0.</param>
    /// <param name="packed">The weights as <c>Pack</c> leaves them.</param>
    /// <param name="bias">The bias; null for none.</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="units">Units.</param>
    /// <param name="inputs">Inputs.</param>
    /// <param name="epilogue">Takes vectors of neighbouring units, up to a multiple of 16; those behind the last unit are 0.</param>
    /// <param name="rows">Vectors of inputs in each sample, one behind the other; with several the units are a multiple of 16.</param>
    public static void Forward<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, int units, int inputs, TEpilogue epilogue, int rows = 1)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T> =>
        Forward<T, TEpilogue, SinglePanels>(worker, begin, end, x, packed, bias, scratch, units, inputs, epilogue, rows);

    static void Forward<T, TEpilogue, TPanels>(
        CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, int units, int inputs, TEpilogue epilogue, int rows)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
        where TPanels : struct, IWeightPanels
    {
        var room = scratch + (ItemUnits / Lanes * SumBlock);
        var vectorItems = VectorItems(worker, rows);
        var (xStride, yStride) = rows == 1 ? ((nint)worker.BlockStride, (nint)worker.BlockStride) : (inputs, units);
        for (var item = begin; item < end; item++)
        {
            var (unitItem, vectorItem) = int.DivRem(item, vectorItems);
            var (sample, first, count) = Vectors(worker, rows, vectorItem);
            var from = (nint)(sample * worker.BlockStride);
            var unit = unitItem * ItemUnits;
            var biases = bias != null && unit + ItemUnits <= units ? bias + unit : Biases(bias, unit, units, room);
            var weights = packed + ((nint)unit / PanelUnits * TPanels.Size(inputs));
            var panels = unit + PanelUnits < units ? 2 : 1;
            if (count <= FewVectors)
            {
                for (var n = 0; n < count; n++)
                {
                    TPanels.Vector<T>(x + from + ((first + n) * xStride), inputs, weights, panels, biases, scratch + (n * Lanes));
                }
            }
            else
            {
                TPanels.Many<T>(x + from + (first * xStride), xStride, count, inputs, weights, panels, biases, scratch, (nint*)(room + ItemUnits));
            }

            Store<T, TEpilogue>(scratch, count, units - unit, from + (first * yStride) + unit, yStride, epilogue);
        }
    }

    static int UnitItems(int units) => (units + ItemUnits - 1) / ItemUnits;

    static int VectorItems(CpuWorker worker, int rows) =>
        rows == 1 ? (worker.Samples + ItemVectors - 1) / ItemVectors : worker.Samples * ((rows + ItemVectors - 1) / ItemVectors);

    /// <summary>The vectors of an item: the rows of a sample lie as close as one behind the other, samples as far apart as blocks.</summary>
    static (int Sample, int First, int Count) Vectors(CpuWorker worker, int rows, int item)
    {
        if (rows == 1)
        {
            return (0, item * ItemVectors, Math.Min(ItemVectors, worker.Samples - (item * ItemVectors)));
        }

        var (sample, part) = int.DivRem(item, (rows + ItemVectors - 1) / ItemVectors);
        return (sample, part * ItemVectors, Math.Min(ItemVectors, rows - (part * ItemVectors)));
    }

    static float* Biases(float* bias, int first, int units, float* room)
    {
        for (var u = 0; u < ItemUnits; u++)
        {
            room[u] = bias != null && first + u < units ? bias[first + u] : 0;
        }

        return room;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put<T>(float* sums, int unit, T s0, T s1, T s2, T s3)
        where T : struct, IMemoryLanes<T>
    {
        T.Store(Sum(sums, unit), s0);
        T.Store(Sum(sums, unit + T.Count), s1);
        if (T.Count < Lanes)
        {
            T.Store(Sum(sums, unit + 2 * T.Count), s2);
            T.Store(Sum(sums, unit + 3 * T.Count), s3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float* Sum(float* sums, int unit) => sums + ((nint)(unit / Lanes) * SumBlock) + (unit % Lanes);

    /// <summary>Where the tile of convolutions finds the sixteens of inputs of a chunk.</summary>
    static void Offsets(nint* offsets, int inputs)
    {
        for (var entry = 0; entry < Math.Min(Chunk, (inputs + Lanes - 1) / Lanes); entry++)
        {
            offsets[entry] = entry * Lanes;
        }
    }

    /// <summary>Adds the products of one panel and some inputs to the sums of some vectors, on the tile of convolutions: vectors are its pixels.</summary>
    static void Tile<T>(float* x, nint stride, int count, int inputs, bool adds, float* weights, float* biases, float* sums, nint* offsets)
        where T : struct, IMemoryLanes<T>
    {
        var terms = new DirectTerms(offsets, (inputs + Lanes - 1) / Lanes, inputs / Lanes, inputs % Lanes, adds, biases, stride);
        DirectTile.Line<T, GivenStep>(terms, count, PanelUnits / Lanes, x, weights, sums, SumBlock);
    }

    static void Store<T, TEpilogue>(float* sums, int vectors, int units, nint offset, nint stride, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        nint end = Math.Min(units, ItemUnits);
        for (var n = 0; n < vectors; n++)
        {
            var sum = sums + ((nint)n * Lanes);
            for (nint unit = 0; unit < end; unit += Lanes)
            {
                for (nint lane = 0; lane < Lanes; lane += T.Count)
                {
                    epilogue.Store(offset + unit + lane, T.Load(sum + lane));
                }

                sum += SumBlock;
            }

            offset += stride;
        }
    }
}
