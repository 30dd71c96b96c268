using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// The one-dimensional transforms of F(4, 3) and F(3, 4) with the points 0, ±1, ±2 and ∞ (Lavin and Gray 2016, "Fast Algorithms for Convolutional Neural
/// Networks"). The input's is the same for both.
/// </summary>
static unsafe class WinogradTransform
{
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

    /// <summary>Aᵀ m for four results of six products that lie <paramref name="step"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Y0, T Y1, T Y2, T Y3) Output<T>(float* m, nint step)
        where T : struct, IMemoryLanes<T>
    {
        var (m1, m2, m3, m4) = (T.Load(m + step), T.Load(m + 2 * step), T.Load(m + 3 * step), T.Load(m + 4 * step));
        var sum12 = m1 + m2;
        var difference12 = m1 - m2;
        var sum34 = m3 + m4;
        var difference34 = m3 - m4;
        return (
            T.Load(m) + sum12 + sum34,
            T.MultiplyAdd(T.Create(2), difference34, difference12),
            T.MultiplyAdd(T.Create(4), sum34, sum12),
            T.MultiplyAdd(T.Create(8), difference34, difference12) + T.Load(m + 5 * step));
    }

    /// <summary>G g of three numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Kernel<T>(T g0, T g1, T g2, float* result, nint resultStep)
        where T : struct, IMemoryLanes<T>
    {
        var outer = (g0 + g2) * T.Create(-1f / 6);
        var middle = g1 * T.Create(1f / 6);
        var far = T.MultiplyAdd(T.Create(1f / 24), g0, g2 * T.Create(1f / 6));
        var half = g1 * T.Create(1f / 12);
        T.Store(result, g0 * T.Create(0.25f));
        T.Store(result + resultStep, outer - middle);
        T.Store(result + 2 * resultStep, outer + middle);
        T.Store(result + 3 * resultStep, far + half);
        T.Store(result + 4 * resultStep, far - half);
        T.Store(result + 5 * resultStep, g2);
    }

    /// <summary>The kernel's transform of F(3, 4), which a tile of the gradient by the result takes as its kernel: four numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gradient<T>(T g0, T g1, T g2, T g3, float* result, nint resultStep)
        where T : struct, IMemoryLanes<T>
    {
        var even = (g0 + g2) * T.Create(-1f / 6);
        var odd = (g1 + g3) * T.Create(1f / 6);
        var even2 = T.MultiplyAdd(T.Create(1f / 24), g0, g2 * T.Create(1f / 6));
        var odd2 = T.MultiplyAdd(T.Create(1f / 12), g1, g3 * T.Create(1f / 3));
        T.Store(result, g0 * T.Create(0.25f));
        T.Store(result + resultStep, even - odd);
        T.Store(result + 2 * resultStep, even + odd);
        T.Store(result + 3 * resultStep, even2 + odd2);
        T.Store(result + 4 * resultStep, even2 - odd2);
        T.Store(result + 5 * resultStep, g3);
    }

    /// <summary>Aᵀ m of F(3, 4): three results of six products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Y0, T Y1, T Y2) WeightOutput<T>(float* m, nint step)
        where T : struct, IMemoryLanes<T>
    {
        var (m1, m2, m3, m4) = (T.Load(m + step), T.Load(m + 2 * step), T.Load(m + 3 * step), T.Load(m + 4 * step));
        var sum34 = m3 + m4;
        var sum12 = m1 + m2;
        return (T.Load(m) + sum12 + sum34, T.MultiplyAdd(T.Create(2), m3 - m4, m1 - m2), T.MultiplyAdd(T.Create(4), sum34, sum12) + T.Load(m + 5 * step));
    }
}
