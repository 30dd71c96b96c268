using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <content>The gradients by weight and bias: sums over the samples, in ascending order.</content>
public static unsafe partial class PlainMatrixProduct
{
    /// <summary>Units of an item: two tiles of fourteen share a strip of x.</summary>
    const int GradientUnits = 28;

    /// <summary>Items of <c>WeightGradient</c>, in all.</summary>
    public static int WeightGradientItems(int units, int inputs) => (units + GradientUnits - 1) / GradientUnits;

    /// <summary>Inputs of a piece that goes straight into the update. Few samples: reading and writing weights takes all the time, and does so best in long rows.</summary>
    const int UpdateInputs = 4096;

    /// <summary>For more samples: what the update reads is fetched while a piece is computed, and must stay in the second-level cache until then.</summary>
    const int FetchedInputs = 1024;

    /// <summary>Samples from which computing a piece takes long enough to fetch what the update reads.</summary>
    const int FetchSamples = 32;

    /// <summary>Floats of scratch that every worker needs.</summary>
    public static long WeightGradientScratch(int units, int inputs) => GradientUnits * (PanelInputs + UpdateInputs);

    /// <summary>dweight[u, i] = Σ over n of dy[n, u] x[n, i]. Where the update takes gradients as they are computed, nothing is written there.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: 28 units.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the result of sample 0.</param>
    /// <param name="x">The input of sample 0, readable up to a multiple of 16.</param>
    /// <param name="dweight">The gradient by the weight, [units, inputs].</param>
    /// <param name="scratch">This worker's scratch, aligned to 64 bytes.</param>
    /// <param name="units">Units.</param>
    /// <param name="inputs">Inputs.</param>
    public static void WeightGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* x, float* dweight, float* scratch, int units, int inputs)
        where T : struct, IMemoryLanes<T>
    {
        var piece = scratch + GradientUnits * PanelInputs;
        for (var item = begin; item < end; item++)
        {
            var unit = item * GradientUnits;
            var count = Math.Min(GradientUnits, units - unit);
            var to = dweight + (nint)unit * inputs;
            if (worker.FactoredUpdate is not { } update)
            {
                Rows<T>(worker, dy + unit, x, to, inputs, scratch, count, inputs);
                continue;
            }

            var fetches = worker.Samples >= FetchSamples;
            var most = fetches ? FetchedInputs : UpdateInputs;
            for (var first = 0; first < inputs; first += most)
            {
                var width = Math.Min(most, inputs - first);
                Rows<T>(worker, dy + unit, x + first, piece, most, scratch, count, width, fetches ? update : null, to + first, inputs);
                for (var u = 0; u < count; u++)
                {
                    update.Take(to + (nint)u * inputs + first, piece + u * most, width);
                }
            }
        }
    }

    /// <summary>Rows of some units, up to 28, over a width of inputs.</summary>
    static void Rows<T>(CpuWorker worker, float* dy, float* x, float* to, nint row, float* scratch, int units, int width, FactoredUpdate? ahead = null, float* place = null, nint placeRow = 0)
        where T : struct, IMemoryLanes<T>
    {
        var stride = (nint)worker.BlockStride;
        var i = 0;
        for (; i + PanelInputs <= width; i += PanelInputs)
        {
            if (ahead is null)
            {
                OuterTile.Multiply<T>(dy, stride, x + i, stride, worker.Samples, to + i, row, units, false);
            }
            else
            {
                OuterTile.Multiply<T>(dy, stride, x + i, stride, worker.Samples, to + i, row, units, false, ahead.Ahead(place + i, placeRow, units));
            }
        }

        if (i == width)
        {
            return;
        }

        // A last strip of at most sixteen begins sooner, so as to read nothing behind x; what is there already comes out the same.
        var back = width - i > 16 || i == 0 ? 0 : 16;
        if (width <= 16)
        {
            Few(dy, x, stride, worker.Samples, scratch, units);
        }
        else
        {
            OuterTile.Multiply<T>(dy, stride, x + i - back, stride, worker.Samples, scratch, PanelInputs, units, false);
        }

        for (var u = 0; u < units; u++)
        {
            for (var j = i; j < width; j++)
            {
                to[u * row + j] = scratch[u * PanelInputs + j - i + back];
            }
        }
    }

    /// <summary>A layer of at most sixteen inputs has no strip to fill.</summary>
    static void Few(float* dy, float* x, nint stride, int samples, float* result, int units)
    {
        for (var u = 0; u < units; u++)
        {
            for (var i = 0; i < 16; i++)
            {
                var sum = 0f;
                for (var n = 0; n < samples; n++)
                {
                    sum += dy[n * stride + u] * x[n * stride + i];
                }

                result[u * PanelInputs + i] = sum;
            }
        }
    }

    /// <summary>Items of <c>BiasGradient</c>, in all.</summary>
    public static int BiasGradientItems(int units) => (units + ItemUnits - 1) / ItemUnits;

    /// <summary>dbias[u] = Σ over n of dy[n, u].</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: sixteen units.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="dy">The gradient by the result of sample 0, readable up to a multiple of 16.</param>
    /// <param name="dbias">The gradient by the bias; nothing is written behind the last unit.</param>
    /// <param name="units">Units.</param>
    public static void BiasGradient<T>(CpuWorker worker, int begin, int end, float* dy, float* dbias, int units)
        where T : struct, IMemoryLanes<T>
    {
        var sums = stackalloc float[ItemUnits];
        for (var item = begin; item < end; item++)
        {
            var first = item * ItemUnits;
            for (var lane = 0; lane < ItemUnits; lane += T.Count)
            {
                T sum = default;
                for (var n = 0; n < worker.Samples; n++)
                {
                    sum += T.Load(dy + n * worker.BlockStride + first + lane);
                }

                T.Store(sums + lane, sum);
            }

            for (var u = 0; u < Math.Min(ItemUnits, units - first); u++)
            {
                dbias[first + u] = sums[u];
            }
        }
    }
}
