using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>
/// The gradient by the input: an item is a strip of inputs, so that rows of weights are read in long pieces. For some samples the weights go straight
/// from memory into the sums; for many they are packed into panels that stay in the first-level cache. Both sum over the units in ascending order.
/// </content>
public static unsafe partial class PlainMatrixProduct
{
    /// <summary>Samples whose sums are held at once: four tiles of fourteen.</summary>
    const int GradientSamples = 56;

    /// <summary>Samples from which packing pays.</summary>
    const int PackSamples = 8;

    /// <summary>Units that are packed at once, while the weights of the next are fetched: those of an item stay in the second-level cache.</summary>
    const int PanelUnits = 32;

    /// <summary>Inputs of a panel.</summary>
    const int PanelInputs = 32;

    /// <summary>Items of <c>InputGradient</c>, in all.</summary>
    public static int InputGradientItems(int units, int inputs) => (inputs + Strip(inputs) - 1) / Strip(inputs);

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long InputGradientScratch(int units, int inputs) =>
        (long)GradientSamples * Strip(inputs) + PanelUnits * (PanelInputs + GradientSamples) + 8 * 16;

    /// <summary>dx[n, i] = Σ over u of dy[n, u] weight[u, i].</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: a strip of inputs.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the result of sample 0.</param>
    /// <param name="weight">The weights, [units, inputs].</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="units">Units.</param>
    /// <param name="inputs">Inputs.</param>
    /// <param name="epilogue">Takes vectors of neighbouring inputs, up to a multiple of 16; those behind the last input are 0.</param>
    public static void InputGradient<T, TEpilogue>(
        CpuWorker worker, int begin, int end, float* dy, float* weight, float* scratch, int units, int inputs, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        var strip = Strip(inputs);
        for (var item = begin; item < end; item++)
        {
            var first = item * strip;
            var width = Math.Min(strip, inputs - first);
            for (var sample = 0; sample < worker.Samples; sample += GradientSamples)
            {
                var samples = Math.Min(GradientSamples, worker.Samples - sample);
                var gradient = dy + sample * worker.BlockStride;
                if (worker.Samples < PackSamples)
                {
                    Stream<T>(gradient, (nint)worker.BlockStride, samples, weight + first, units, inputs, width, strip, scratch);
                }
                else
                {
                    Panels<T>(gradient, (nint)worker.BlockStride, samples, weight + first, units, inputs, width, strip, scratch);
                }

                for (var n = 0; n < samples; n++)
                {
                    var offset = (nint)((sample + n) * worker.BlockStride) + first;
                    for (var i = 0; i < (width + 15) / 16 * 16; i += T.Count)
                    {
                        epilogue.Store(offset + i, T.Load(scratch + (nint)n * strip + i));
                    }
                }
            }
        }
    }

    /// <summary>Inputs of an item: a multiple of a panel, some items for a small layer, long rows for a large one.</summary>
    static int Strip(int inputs)
    {
        const int least = 2 * PanelInputs, most = 32 * PanelInputs, even = 4;
        var items = (Math.Max(8, (inputs + most - 1) / most) + even - 1) / even * even;
        return Math.Max(least, ((inputs + items - 1) / items + PanelInputs - 1) / PanelInputs * PanelInputs);
    }

    static void Panels<T>(float* dy, nint sampleStride, int samples, float* weight, int units, int inputs, int width, int strip, float* scratch)
        where T : struct, IMemoryLanes<T>
    {
        var panel = scratch + (nint)GradientSamples * strip;
        var turned = panel + PanelUnits * PanelInputs;
        for (var unit = 0; unit < units; unit += PanelUnits)
        {
            var count = Math.Min(PanelUnits, units - unit);
            var rows = weight + (nint)unit * inputs;
            var lines = width / ChannelBlocks.Lanes * Math.Clamp(units - unit - PanelUnits, 0, PanelUnits);
            Turn(dy + unit, sampleStride, samples, count, turned);
            for (var i = 0; i < width; i += PanelInputs)
            {
                PackPanel<T>(rows + i, inputs, count, Math.Min(PanelInputs, width - i), panel);
                var end = Math.Min(i + PanelInputs, width);
                var ahead = lines == 0 ? default : LinesAhead.Rows(rows + (nint)PanelUnits * inputs, inputs, width / ChannelBlocks.Lanes, (int)((long)lines * i / width), (int)((long)lines * end / width));
                OuterTile.Multiply<T>(turned, GradientSamples, panel, PanelInputs, count, scratch + i, strip, samples, unit > 0, ahead);
            }
        }
    }

    /// <summary>turned[u][n] = dy[n][u].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Turn(float* dy, nint sampleStride, int samples, int units, float* turned)
    {
        for (var n = 0; n < samples; n++)
        {
            for (var u = 0; u < units; u++)
            {
                turned[u * GradientSamples + n] = dy[u];
            }

            dy += sampleStride;
        }
    }

    /// <summary>Rows of 32 inputs, with zeros behind the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void PackPanel<T>(float* weight, nint inputs, int units, int width, float* panel)
        where T : struct, IMemoryLanes<T>
    {
        for (var u = 0; u < units; u++)
        {
            if (width == PanelInputs)
            {
                for (var i = 0; i < PanelInputs; i += T.Count)
                {
                    T.Store(panel + i, T.Load(weight + i));
                }
            }
            else
            {
                for (var i = 0; i < PanelInputs; i++)
                {
                    panel[i] = i < width ? weight[i] : 0;
                }
            }

            weight += inputs;
            panel += PanelInputs;
        }
    }

    /// <summary>Eight rows of weights at a time are added to the sums of every sample.</summary>
    static void Stream<T>(float* dy, nint sampleStride, int samples, float* weight, int units, int inputs, int width, int strip, float* scratch)
        where T : struct, IMemoryLanes<T>
    {
        new Span<float>(scratch, samples * strip).Clear();
        var whole = width / T.Count * T.Count;
        var tails = scratch + (nint)GradientSamples * strip + PanelUnits * (PanelInputs + GradientSamples);
        for (var unit = 0; unit < units; unit += 8)
        {
            var count = Math.Min(8, units - unit);
            var rows = new WeightRows(weight + (nint)unit * inputs, inputs, count);
            for (var n = 0; n < samples; n++)
            {
                AddRows<T>(dy + n * sampleStride + unit, rows, count, whole, scratch + (nint)n * strip);
            }

            if (whole < width)
            {
                for (var u = 0; u < 8; u++)
                {
                    Tail(rows.Row(u) + whole, width - whole, tails + u * 16);
                }

                for (var n = 0; n < samples; n++)
                {
                    AddRows<T>(dy + n * sampleStride + unit, new(tails, 16, 8), count, T.Count, scratch + (nint)n * strip + whole);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddRows<T>(float* dy, WeightRows rows, int count, int width, float* sums)
        where T : struct, IMemoryLanes<T>
    {
        if (count < 8)
        {
            for (var u = 0; u < count; u++)
            {
                var row = rows.Row(u);
                var d = T.Create(dy[u]);
                for (nint i = 0; i < width; i += T.Count)
                {
                    T.Store(sums + i, T.MultiplyAdd(d, T.Load(row + i), T.Load(sums + i)));
                }
            }

            return;
        }

        var w0 = rows.Row(0);
        var w1 = rows.Row(1);
        var w2 = rows.Row(2);
        var w3 = rows.Row(3);
        var w4 = rows.Row(4);
        var w5 = rows.Row(5);
        var w6 = rows.Row(6);
        var w7 = rows.Row(7);
        var d0 = T.Create(dy[0]);
        var d1 = T.Create(dy[1]);
        var d2 = T.Create(dy[2]);
        var d3 = T.Create(dy[3]);
        var d4 = T.Create(dy[4]);
        var d5 = T.Create(dy[5]);
        var d6 = T.Create(dy[6]);
        var d7 = T.Create(dy[7]);
        for (nint i = 0; i < width; i += T.Count)
        {
            var sum = T.MultiplyAdd(d0, T.Load(w0 + i), T.Load(sums + i));
            sum = T.MultiplyAdd(d1, T.Load(w1 + i), sum);
            sum = T.MultiplyAdd(d2, T.Load(w2 + i), sum);
            sum = T.MultiplyAdd(d3, T.Load(w3 + i), sum);
            sum = T.MultiplyAdd(d4, T.Load(w4 + i), sum);
            sum = T.MultiplyAdd(d5, T.Load(w5 + i), sum);
            sum = T.MultiplyAdd(d6, T.Load(w6 + i), sum);
            T.Store(sums + i, T.MultiplyAdd(d7, T.Load(w7 + i), sum));
        }
    }
}
