using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <content>The transposed transforms: what a gradient goes back through.</content>
static unsafe partial class WinogradTransform
{
    /// <summary>A d: the six gradients by the products, <paramref name="resultStep"/> floats apart, of 2 or 4 gradients by the results.</summary>
    /// <param name="numbers">2 or 4; a constant, so that the compiler leaves out the numbers that do not exist.</param>
    /// <param name="d0">The first.</param>
    /// <param name="d1">The second.</param>
    /// <param name="d2">The third.</param>
    /// <param name="d3">The fourth.</param>
    /// <param name="result">The gradients by the products.</param>
    /// <param name="resultStep">Floats from one to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputGradient<T>(int numbers, T d0, T d1, T d2, T d3, float* result, nint resultStep)
        where T : struct, IMemoryLanes<T>
    {
        var even = d0;
        var odd = d1;
        var even2 = d0;
        var odd2 = d1 + d1;
        if (numbers > 2)
        {
            even += d2;
            odd += d3;
            even2 = T.MultiplyAdd(T.Create(4), d2, even2);
            odd2 = T.MultiplyAdd(T.Create(8), d3, odd2);
        }

        T.Store(result, d0);
        T.Store(result + resultStep, even + odd);
        T.Store(result + 2 * resultStep, even - odd);
        T.Store(result + 3 * resultStep, even2 + odd2);
        T.Store(result + 4 * resultStep, even2 - odd2);
        T.Store(result + 5 * resultStep, numbers > 2 ? d3 : d1);
    }

    /// <summary>B m: the gradients by the six numbers of a window, of the six gradients by what they are transformed to, which lie <paramref name="step"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T D0, T D1, T D2, T D3, T D4, T D5) InputGradient<T>(float* m, nint step)
        where T : struct, IMemoryLanes<T>
    {
        var (m0, m1, m2, m3, m4) = (T.Load(m), T.Load(m + step), T.Load(m + 2 * step), T.Load(m + 3 * step), T.Load(m + 4 * step));
        var m5 = T.Load(m + 5 * step);
        var sum12 = m1 + m2;
        var difference12 = m1 - m2;
        var sum34 = m3 + m4;
        var difference34 = m3 - m4;
        return (
            m0 * T.Create(4),
            T.MultiplyAdd(T.Create(4), m5 - difference12, difference34 * T.Create(-2)),
            T.MultiplyAdd(T.Create(-5), m0, T.MultiplyAdd(T.Create(-4), sum12, -sum34)),
            T.MultiplyAdd(T.Create(-5), m5, T.MultiplyAdd(T.Create(2), difference34, difference12)),
            m0 + sum12 + sum34,
            m5);
    }
}
