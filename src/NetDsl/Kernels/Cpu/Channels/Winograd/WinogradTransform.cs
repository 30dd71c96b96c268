using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// The one-dimensional transforms of F(m, r) with the points 0, ±1, ±2 and ∞ (Lavin and Gray 2016, "Fast Algorithms for Convolutional Neural Networks"), for
/// every m and r with m + r = 7: F(4, 3) and F(2, 5), and for the gradients by the weight F(3, 4) and F(5, 2). The input's is the same for all.
/// </summary>
static unsafe partial class WinogradTransform
{
    /// <summary>Points, which is what a transform takes or yields.</summary>
    public const int Points = 6;

    /// <summary>Bᵀ d of six numbers; the results lie <paramref name="resultStep"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<T>(T d0, T d1, T d2, T d3, T d4, T d5, float* result, nint resultStep)
        where T : struct, IMemoryLanes<T>
    {
        var four = T.Create(4);
        var two = T.Create(2);
        var five = T.Create(-5);
        var even = T.MultiplyAdd(T.Create(-4), d2, d4);
        var odd = T.MultiplyAdd(T.Create(-4), d1, d3);
        var even2 = d4 - d2;
        var odd2 = (d3 - d1) * two;
        T.Store(result, T.MultiplyAdd(four, d0, T.MultiplyAdd(five, d2, d4)));
        T.Store(result + resultStep, even + odd);
        T.Store(result + 2 * resultStep, even - odd);
        T.Store(result + 3 * resultStep, even2 + odd2);
        T.Store(result + 4 * resultStep, even2 - odd2);
        T.Store(result + 5 * resultStep, T.MultiplyAdd(four, d1, T.MultiplyAdd(five, d3, d5)));
    }

    /// <summary>Aᵀ m: m results, <paramref name="resultStep"/> floats apart, of six products that lie <paramref name="step"/> floats apart.</summary>
    /// <param name="results">2 to 5; a constant, so that the compiler leaves out what is not asked for.</param>
    /// <param name="m">The products.</param>
    /// <param name="step">Floats from one to the next.</param>
    /// <param name="result">The results.</param>
    /// <param name="resultStep">Floats from one to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<T>(int results, float* m, nint step, float* result, nint resultStep)
        where T : struct, IMemoryLanes<T>
    {
        var (m1, m2, m3, m4) = (T.Load(m + step), T.Load(m + 2 * step), T.Load(m + 3 * step), T.Load(m + 4 * step));
        var last = T.Load(m + 5 * step);
        var sum12 = m1 + m2;
        var difference12 = m1 - m2;
        var sum34 = m3 + m4;
        var difference34 = m3 - m4;
        var y1 = T.MultiplyAdd(T.Create(2), difference34, difference12);
        T.Store(result, T.Load(m) + sum12 + sum34);
        T.Store(result + resultStep, results == 2 ? y1 + last : y1);
        if (results > 2)
        {
            var y2 = T.MultiplyAdd(T.Create(4), sum34, sum12);
            T.Store(result + 2 * resultStep, results == 3 ? y2 + last : y2);
        }

        if (results > 3)
        {
            var y3 = T.MultiplyAdd(T.Create(8), difference34, difference12);
            T.Store(result + 3 * resultStep, results == 4 ? y3 + last : y3);
        }

        if (results > 4)
        {
            T.Store(result + 4 * resultStep, T.MultiplyAdd(T.Create(16), sum34, sum12) + last);
        }
    }

    /// <summary>G g of r numbers; the six results lie <paramref name="resultStep"/> floats apart.</summary>
    /// <param name="numbers">2 to 5; a constant, so that the compiler leaves out the numbers that do not exist.</param>
    /// <param name="g0">The first.</param>
    /// <param name="g1">The second.</param>
    /// <param name="g2">The third.</param>
    /// <param name="g3">The fourth.</param>
    /// <param name="g4">The fifth.</param>
    /// <param name="result">The results.</param>
    /// <param name="resultStep">Floats from one to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Kernel<T>(int numbers, T g0, T g1, T g2, T g3, T g4, float* result, nint resultStep)
        where T : struct, IMemoryLanes<T>
    {
        var even = g0;
        var odd = g1;
        var even2 = g0 * T.Create(1f / 24);
        var odd2 = g1 * T.Create(1f / 12);
        if (numbers > 2)
        {
            even += g2;
            even2 = T.MultiplyAdd(T.Create(1f / 6), g2, even2);
        }

        if (numbers > 3)
        {
            odd += g3;
            odd2 = T.MultiplyAdd(T.Create(1f / 3), g3, odd2);
        }

        if (numbers > 4)
        {
            even += g4;
            even2 = T.MultiplyAdd(T.Create(2f / 3), g4, even2);
        }

        even *= T.Create(-1f / 6);
        odd *= T.Create(1f / 6);
        T.Store(result, g0 * T.Create(0.25f));
        T.Store(result + resultStep, even - odd);
        T.Store(result + 2 * resultStep, even + odd);
        T.Store(result + 3 * resultStep, even2 + odd2);
        T.Store(result + 4 * resultStep, even2 - odd2);
        T.Store(result + 5 * resultStep, numbers switch { 2 => g1, 3 => g2, 4 => g3, _ => g4 });
    }
}
