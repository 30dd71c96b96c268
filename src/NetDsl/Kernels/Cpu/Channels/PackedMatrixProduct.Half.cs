using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>
/// Weights in 16 bits, the upper half of a float (bfloat16), rounded to the nearest, ties to even: [panel][pair of inputs][32], where a word has the weight of the first input
/// in its lower half. A product of one vector reads half as much memory; sums are floats. A weight changes by at most 1/256 of itself.
/// </content>
public static unsafe partial class PackedMatrixProduct
{
    /// <summary>Floats of memory for the packed weights.</summary>
    public static long HalfPackedSize(int units, int inputs) => PackItems(units) * (long)HalfPanels.Size(inputs);

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long HalfForwardScratch => ForwardScratch + (PanelUnits * Chunk * Lanes);

    /// <summary>As <c>Forward</c>, with weights as <c>PackHalf</c> leaves them.</summary>
    /// <inheritdoc cref="Forward{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,float*,int,int,TEpilogue,int)"/>
    public static void ForwardHalf<T, TEpilogue>(CpuWorker worker, float* x, float* packed, float* bias, int units, int inputs, TEpilogue epilogue, int rows = 1)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var items = ForwardItems(worker, units, rows);
        while (worker.Take(items, out var begin, out var end))
        {
            ForwardHalf<T, TEpilogue>(worker, begin, end, x, packed, bias, worker.Scratch, units, inputs, epilogue, rows);
        }

        worker.Complete();
    }

    /// <inheritdoc cref="Forward{T,TEpilogue}(CpuWorker,int,int,float*,float*,float*,float*,int,int,TEpilogue,int)"/>
    public static void ForwardHalf<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* x, float* packed, float* bias, float* scratch, int units, int inputs, TEpilogue epilogue, int rows = 1)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T> =>
        Forward<T, TEpilogue, HalfPanels>(worker, begin, end, x, packed, bias, scratch, units, inputs, epilogue, rows);

    /// <summary>Packs this worker's share of the weights.</summary>
    public static void PackHalf(CpuWorker worker, float* weight, float* packed, int units, int inputs)
    {
        var items = PackItems(units);
        while (worker.Take(items, out var begin, out var end))
        {
            PackHalf(begin, end, weight, packed, units, inputs);
        }
    }

    /// <summary>Rounds the weights [units, inputs] and brings them into panels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackHalf(int begin, int end, float* weight, float* packed, int units, int inputs)
    {
        for (var panel = begin; panel < end; panel++)
        {
            var target = (uint*)packed + (panel * HalfPanels.Size(inputs));
            var source = weight + ((nint)panel * PanelUnits * inputs);
            var count = Math.Min(PanelUnits, units - (panel * PanelUnits));
            for (nint i = 0; i < inputs; i += 2)
            {
                for (nint u = 0; u < PanelUnits; u++)
                {
                    var lower = u < count ? Half(source[(u * inputs) + i]) : 0;
                    var upper = u < count && i + 1 < inputs ? Half(source[(u * inputs) + i + 1]) : 0;
                    target[(i / 2 * PanelUnits) + u] = lower | (upper << 16);
                }
            }
        }
    }

    /// <summary>The upper sixteen bits of the nearest number that has no others; what is no number stays none.</summary>
    static uint Half(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (bits >> 16) | 0x40u : (bits + 0x7FFFu + ((bits >> 16) & 1)) >> 16;
    }

    struct HalfPanels : IWeightPanels
    {
        public static nint Size(int inputs) => (nint)PanelUnits * ((inputs + 1) / 2);

        /// <summary>Eight vectors of units at a time, or four in wide registers, which hide the latency of a multiply-add.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Vector<T>(float* x, int inputs, float* weights, int panels, float* biases, float* sums)
            where T : struct, IMemoryLanes<T>
        {
            var half = Math.Min(4, PanelUnits / T.Count) * T.Count;
            for (var unit = 0; unit < panels * PanelUnits; unit += 2 * half)
            {
                var w = At(weights, inputs, unit);
                // Where there is no second half, the first is computed twice.
                var z = unit + half < panels * PanelUnits ? At(weights, inputs, unit + half) : w;
                var bias = biases + unit;
                T a0 = T.Load(bias), a1 = T.Load(bias + T.Count), a2 = default, a3 = default;
                T b0 = T.Load(bias + half), b1 = T.Load(bias + half + T.Count), b2 = default, b3 = default;
                if (T.Count < Lanes)
                {
                    (a2, a3) = (T.Load(bias + 2 * T.Count), T.Load(bias + 3 * T.Count));
                    (b2, b3) = (T.Load(bias + half + 2 * T.Count), T.Load(bias + half + 3 * T.Count));
                }

                for (nint i = 0; i < inputs; i += 2)
                {
                    var v = T.Create(x[i]);
                    a0 = T.MultiplyAdd(v, T.LowerHalf(T.Load(w)), a0);
                    a1 = T.MultiplyAdd(v, T.LowerHalf(T.Load(w + T.Count)), a1);
                    b0 = T.MultiplyAdd(v, T.LowerHalf(T.Load(z)), b0);
                    b1 = T.MultiplyAdd(v, T.LowerHalf(T.Load(z + T.Count)), b1);
                    if (T.Count < Lanes)
                    {
                        a2 = T.MultiplyAdd(v, T.LowerHalf(T.Load(w + 2 * T.Count)), a2);
                        a3 = T.MultiplyAdd(v, T.LowerHalf(T.Load(w + 3 * T.Count)), a3);
                        b2 = T.MultiplyAdd(v, T.LowerHalf(T.Load(z + 2 * T.Count)), b2);
                        b3 = T.MultiplyAdd(v, T.LowerHalf(T.Load(z + 3 * T.Count)), b3);
                    }

                    // The last input may have none beside it.
                    v = T.Create(i + 1 < inputs ? x[i + 1] : 0);
                    a0 = T.MultiplyAdd(v, T.UpperHalf(T.Load(w)), a0);
                    a1 = T.MultiplyAdd(v, T.UpperHalf(T.Load(w + T.Count)), a1);
                    b0 = T.MultiplyAdd(v, T.UpperHalf(T.Load(z)), b0);
                    b1 = T.MultiplyAdd(v, T.UpperHalf(T.Load(z + T.Count)), b1);
                    if (T.Count < Lanes)
                    {
                        a2 = T.MultiplyAdd(v, T.UpperHalf(T.Load(w + 2 * T.Count)), a2);
                        a3 = T.MultiplyAdd(v, T.UpperHalf(T.Load(w + 3 * T.Count)), a3);
                        b2 = T.MultiplyAdd(v, T.UpperHalf(T.Load(z + 2 * T.Count)), b2);
                        b3 = T.MultiplyAdd(v, T.UpperHalf(T.Load(z + 3 * T.Count)), b3);
                    }

                    w += PanelUnits;
                    z += PanelUnits;
                }

                Put(sums, unit, a0, a1, a2, a3);
                if (unit + half < panels * PanelUnits)
                {
                    Put(sums, unit + half, b0, b1, b2, b3);
                }
            }
        }

        /// <summary>The weights of a chunk are widened once for all vectors.</summary>
        public static void Many<T>(float* x, nint stride, int count, int inputs, float* weights, int panels, float* biases, float* sums, nint* offsets)
            where T : struct, IMemoryLanes<T>
        {
            Offsets(offsets, inputs);
            var wide = (float*)offsets + (2 * Chunk);
            for (var first = 0; first < inputs; first += Chunk * Lanes)
            {
                var some = Math.Min(Chunk * Lanes, inputs - first);
                for (var panel = 0; panel < panels; panel++)
                {
                    Widen<T>(weights + (panel * Size(inputs)) + (first / 2 * PanelUnits), (some + 1) / 2, wide);
                    Tile<T>(x + first, stride, count, some, first > 0, wide, biases + (panel * PanelUnits), sums + (panel * (PanelUnits / Lanes) * SumBlock), offsets);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        static void Widen<T>(float* weights, int pairs, float* wide)
            where T : struct, IMemoryLanes<T>
        {
            for (nint pair = 0; pair < pairs; pair++)
            {
                for (nint u = 0; u < PanelUnits; u += T.Count)
                {
                    var w = T.Load(weights + (pair * PanelUnits) + u);
                    T.Store(wide + (pair * 2 * PanelUnits) + u, T.LowerHalf(w));
                    T.Store(wide + (((pair * 2) + 1) * PanelUnits) + u, T.UpperHalf(w));
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static float* At(float* weights, int inputs, int unit) => weights + (unit / PanelUnits * Size(inputs)) + (unit % PanelUnits);
    }
}
