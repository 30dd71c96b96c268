using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Runtime;

/// <summary>
/// One pass over the gradients: the square of their norm, for clipping, which is also the test that they are finite. In double precision no
/// square of a finite float overflows, so the sum is finite if and only if every gradient is.
/// </summary>
static unsafe class GradientCheck
{
    /// <summary>The sum of squares, always in the same order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SquareSum(float* gradients, int count)
    {
        var even = Vector512<double>.Zero;
        var odd = Vector512<double>.Zero;
        var i = 0;
        for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var (lower, upper) = Vector512.Widen(Vector512.Load(gradients + i));
            even += lower * lower;
            odd += upper * upper;
        }

        var sum = Vector512.Sum(even + odd);
        for (; i < count; i++)
        {
            sum += (double)gradients[i] * gradients[i];
        }

        return sum;
    }

    /// <summary>Adds the gradients of earlier batches, and remembers the sum for later ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate(float* gradients, float* sums, int count, bool first)
    {
        for (var i = 0; i < count; i++)
        {
            sums[i] = gradients[i] = first ? gradients[i] : sums[i] + gradients[i];
        }
    }
}
