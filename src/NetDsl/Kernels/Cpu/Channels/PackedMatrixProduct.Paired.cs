using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>
/// The same product by Winograd's algorithm for inner products (S. Winograd, "A New Algorithm for Inner Product", IEEE Transactions on Computers C-17, 1968): two terms
/// w₀x₀ + w₁x₁ = (x₀ + w₁)(x₁ + w₀) − x₀x₁ − w₀w₁ take one multiplication and two additions, and what is subtracted depends on one vector or on one unit alone. Where additions have
/// arithmetic units of their own (<see cref="Adders"/>), these run beside the multiply-adds: of three inputs two are taken as a pair and one is not, which keeps all of them busy.
/// <para>
/// The sums x + w lose digits where one is much larger than the other. So a vector is multiplied by the power of two that brings its largest number to between ½ and 1, and so are
/// the weights of every unit; the result is multiplied back, which rounds nothing. An error is then relative to the product of the two largest numbers and not to each term.
/// </para>
/// </content>
public static unsafe partial class PackedMatrixProduct
{
    /// <summary>Floats behind the weights of a panel: what is subtracted for each unit, and what multiplies it back.</summary>
    const int PanelTail = 2 * PanelUnits;

    /// <summary>Floats of memory for the packed weights.</summary>
    public static long PairedPackedSize(int units, int inputs) => PackItems(units) * (long)PairedPanel(inputs);

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long PairedForwardScratch(int inputs) => ForwardScratch + PairedRows.Memory(inputs);

    /// <summary>As <c>Forward</c>, with weights as <c>PackPaired</c> leaves them. The error is up to 1e-6 √inputs times the largest weight of the unit and the largest input of the vector.</summary>
    /// <inheritdoc cref="Forward{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,float*,int,int,TEpilogue,int)"/>
    public static void ForwardPaired<T, TEpilogue>(CpuWorker worker, float* x, float* packed, float* bias, int units, int inputs, TEpilogue epilogue, int rows = 1)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        if (!Adders.Beside<T>())
        {
            Forward<T, TEpilogue>(worker, x, packed, bias, units, inputs, epilogue, rows);
            return;
        }

        var items = ForwardItems(worker, units, rows);
        while (worker.Take(items, out var begin, out var end))
        {
            ForwardPaired<T, TEpilogue>(worker, begin, end, x, packed, bias, worker.Scratch, units, inputs, epilogue, rows);
        }

        worker.Complete();
    }

    /// <summary>As <c>Forward</c>, whether or not it is the faster way on this processor: items go through all units of some vectors first, which are prepared once.</summary>
    /// <inheritdoc cref="Forward{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,float*,int,int,TEpilogue,int)"/>
    public static void ForwardPaired<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, int units, int inputs, TEpilogue epilogue, int rows = 1)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var room = scratch + (ItemUnits / Lanes * SumBlock);
        var prepared = new PairedRows(scratch + ForwardScratch, inputs);
        var unitItems = UnitItems(units);
        var (xStride, yStride) = rows == 1 ? ((nint)worker.BlockStride, (nint)worker.BlockStride) : (inputs, units);
        var last = -1;
        for (var item = begin; item < end; item++)
        {
            var (vectorItem, unitItem) = int.DivRem(item, unitItems);
            var (sample, first, count) = Vectors(worker, rows, vectorItem);
            var from = (nint)(sample * worker.BlockStride);
            if (vectorItem != last)
            {
                prepared.Prepare(x + from + (first * xStride), xStride, count);
                last = vectorItem;
            }

            var unit = unitItem * ItemUnits;
            var biases = bias != null && unit + ItemUnits <= units ? bias + unit : Biases(bias, unit, units, room);
            var weights = packed + ((nint)unit / PanelUnits * PairedPanel(inputs));
            Paired(prepared, count, weights, unit + PanelUnits < units ? 2 : 1, biases, scratch);
            Store<T, TEpilogue>(scratch, count, units - unit, from + (first * yStride) + unit, yStride, epilogue);
        }
    }

    /// <summary>Packs this worker's share of the weights: for <c>ForwardPaired</c>, which takes the panels of <c>Forward</c> where additions have no units of their own.</summary>
    public static void PackPaired<T>(CpuWorker worker, float* weight, float* packed, int units, int inputs)
        where T : struct, IMemoryLanes<T>
    {
        var items = PackItems(units);
        while (worker.Take(items, out var begin, out var end))
        {
            if (Adders.Beside<T>())
            {
                PackPaired(begin, end, weight, packed, units, inputs);
            }
            else
            {
                Pack(begin, end, weight, packed, units, inputs);
            }
        }
    }

    /// <summary>Brings the weights [units, inputs] into panels: [panel][inputs, to a multiple of three][32], scaled, then Σ w₀w₁ of each unit, then what multiplies each back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackPaired(int begin, int end, float* weight, float* packed, int units, int inputs)
    {
        for (var panel = begin; panel < end; panel++)
        {
            var target = packed + (panel * PairedPanel(inputs));
            nint whole = PairedRows.Whole(inputs);
            var tail = target + (PanelUnits * whole);
            for (nint u = 0; u < PanelUnits; u++)
            {
                var unit = ((nint)panel * PanelUnits) + u;
                var source = weight + (unit * inputs);
                nint count = unit < units ? inputs : 0;
                var scale = PairedScale.Of(source, count);
                var sum = 0.0;
                for (nint i = 0; i < whole; i++)
                {
                    var w = target[(i * PanelUnits) + u] = i < count ? source[i] * scale.Down : 0;
                    sum += i % PairedRows.Triple == 1 ? (double)w * target[((i - 1) * PanelUnits) + u] : 0;
                }

                tail[u] = (float)sum;
                tail[PanelUnits + u] = scale.Up;
            }
        }
    }

    static nint PairedPanel(int inputs) => ((nint)PanelUnits * PairedRows.Whole(inputs)) + PanelTail;

    /// <summary>The sums of an item, panel by panel, in tiles of eight vectors; of four or one where fewer are left.</summary>
    static void Paired(in PairedRows rows, int count, float* weights, int panels, float* biases, float* sums)
    {
        for (var panel = 0; panel < panels; panel++)
        {
            for (var row = 0; row < count; row += 8)
            {
                var target = sums + (row * Lanes);
                switch (count - row)
                {
                    case 1:
                        PairedTile512.Tile1x2(rows, row, weights, biases, target, SumBlock);
                        break;
                    case <= 4:
                        PairedTile512.Tile4x2(rows, row, weights, biases, target, SumBlock);
                        break;
                    default:
                        PairedTile512.Tile8x2(rows, row, weights, biases, target, SumBlock);
                        break;
                }
            }

            weights += PairedPanel(rows.Inputs);
            biases += PanelUnits;
            sums += PanelUnits / Lanes * SumBlock;
        }
    }
}
