using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <content>Weights as floats: [panel][input][32].</content>
public static unsafe partial class PackedMatrixProduct
{
    struct SinglePanels : IWeightPanels
    {
        public static nint Size(int inputs) => (nint)PanelUnits * inputs;

        /// <summary>The sums of one vector of inputs: eight vectors of units at a time, which hide the latency of a multiply-add.</summary>
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

                for (nint i = 0; i < inputs; i++)
                {
                    var v = T.Create(x[i]);
                    a0 = T.MultiplyAdd(v, T.Load(w), a0);
                    a1 = T.MultiplyAdd(v, T.Load(w + T.Count), a1);
                    b0 = T.MultiplyAdd(v, T.Load(z), b0);
                    b1 = T.MultiplyAdd(v, T.Load(z + T.Count), b1);
                    if (T.Count < Lanes)
                    {
                        a2 = T.MultiplyAdd(v, T.Load(w + 2 * T.Count), a2);
                        a3 = T.MultiplyAdd(v, T.Load(w + 3 * T.Count), a3);
                        b2 = T.MultiplyAdd(v, T.Load(z + 2 * T.Count), b2);
                        b3 = T.MultiplyAdd(v, T.Load(z + 3 * T.Count), b3);
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

        public static void Many<T>(float* x, nint stride, int count, int inputs, float* weights, int panels, float* biases, float* sums, nint* offsets)
            where T : struct, IMemoryLanes<T>
        {
            Offsets(offsets, inputs);
            for (var first = 0; first < inputs; first += Chunk * Lanes)
            {
                for (var panel = 0; panel < panels; panel++)
                {
                    Tile<T>(
                        x + first, stride, count, Math.Min(Chunk * Lanes, inputs - first), first > 0, weights + (((nint)panel * inputs) + first) * PanelUnits,
                        biases + (panel * PanelUnits), sums + (panel * (PanelUnits / Lanes) * SumBlock), offsets);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static float* At(float* weights, int inputs, int unit) => weights + ((nint)(unit / PanelUnits) * PanelUnits * inputs) + (unit % PanelUnits);
    }
}
