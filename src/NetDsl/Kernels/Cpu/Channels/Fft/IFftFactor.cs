using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// How one side of the products keeps its frequencies. A product of two complex numbers is three of real ones (Gauss): with x = a + bi and w = c + di they are
/// (a + b) c, a (d - c) and b (c + d); the first less the third is the real part, the first and the second are the imaginary one.
/// </summary>
interface IFftFactor
{
    /// <summary>Stores the three factors of a frequency, <paramref name="plane"/> floats apart.</summary>
    static abstract unsafe void Store<T>(float* target, nint plane, T re, T im)
        where T : struct, IMemoryLanes<T>;

    /// <summary>Stores the factor of a frequency that is real.</summary>
    static abstract unsafe void StoreReal<T>(float* target, T re)
        where T : struct, IMemoryLanes<T>;
}

/// <summary>The values that are correlated.</summary>
readonly struct FftInput : IFftFactor
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store<T>(float* target, nint plane, T re, T im)
        where T : struct, IMemoryLanes<T>
    {
        T.Store(target, re + im);
        T.Store(target + plane, re);
        T.Store(target + 2 * plane, im);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreReal<T>(float* target, T re)
        where T : struct, IMemoryLanes<T> => T.Store(target, re);
}

/// <summary>
/// The kernel that they are correlated with: its conjugate. It takes upon itself that both transforms double their results and that the inverse does not divide.
/// </summary>
/// <typeparam name="TPoints">Points of a line.</typeparam>
readonly struct FftKernel<TPoints> : IFftFactor
    where TPoints : struct, ITileCount
{
    static float Scale => 1f / (4 * TPoints.Value * TPoints.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store<T>(float* target, nint plane, T re, T im)
        where T : struct, IMemoryLanes<T>
    {
        var scale = T.Create(Scale);
        T.Store(target, re * scale);
        T.Store(target + plane, (re + im) * T.Create(-Scale));
        T.Store(target + 2 * plane, (re - im) * scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreReal<T>(float* target, T re)
        where T : struct, IMemoryLanes<T> => T.Store(target, re * T.Create(Scale));
}
