using ILGPU;
using NetDsl.Kernels;
using NetDsl.Solvers;

namespace NetDsl.Runtime;

/// <summary>The runtime's own kernels: between the caller's layout and the arena's, the check of the gradients, the solver's update.</summary>
static class SimtBuiltins
{
    /// <summary>Partial sums of the gradients' squares: always as many, so that the sum has the same bits on every device.</summary>
    public const int SquareSums = 16384;

    /// <summary>Puts a batch, sample after sample, into the arena.</summary>
    public static void Scatter(Index1D item, ArrayView<float> batch, ArrayView<float> samples, int count, long sampleSize, long offset) =>
        samples[((long)(item.X / count) * sampleSize) + offset + (item.X % count)] = batch[item.X];

    /// <summary>The way back.</summary>
    public static void Gather(Index1D item, ArrayView<float> batch, ArrayView<float> samples, int count, long sampleSize, long offset) =>
        batch[item.X] = samples[((long)(item.X / count) * sampleSize) + offset + (item.X % count)];

    /// <summary>Adds the gradients of earlier batches, and remembers the sum for later ones.</summary>
    public static void Accumulate(Index1D item, ArrayView<float> gradients, ArrayView<float> sums, int first)
    {
        var sum = first != 0 ? gradients[item] : sums[item] + gradients[item];
        gradients[item] = sum;
        sums[item] = sum;
    }

    /// <summary>Each thread sums every 16384th square: neighbours read neighbours.</summary>
    public static void SquareSum(Index1D item, ArrayView<float> gradients, ArrayView<double> sums)
    {
        var sum = 0.0;
        for (long i = item.X; i < gradients.Length; i += SquareSums)
        {
            sum += (double)gradients[i] * gradients[i];
        }

        sums[item] = sum;
    }

    /// <summary>A solver's formula. A history that the solver does not have is an empty view.</summary>
    public static void Update<TRule>(
        Index1D item,
        ArrayView<float> weights,
        ArrayView<float> gradients,
        ArrayView<float> first,
        ArrayView<float> second,
        TRule rule,
        UpdateFactors factors)
        where TRule : struct, IUpdateRule
    {
        var history0 = new ScalarLane(first.Length > 0 ? first[item] : 0);
        var history1 = new ScalarLane(second.Length > 0 ? second[item] : 0);
        weights[item] = factors.Apply(rule, new ScalarLane(weights[item]), new ScalarLane(gradients[item]), ref history0, ref history1).Value;
        if (first.Length > 0)
        {
            first[item] = history0.Value;
        }

        if (second.Length > 0)
        {
            second[item] = history1.Value;
        }
    }
}
