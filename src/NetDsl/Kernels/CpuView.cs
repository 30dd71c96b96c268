using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>A tensor of a block of 16 samples, lanes innermost: element i of sample l lies at <c>[i * 16 + l]</c>.</summary>
/// <param name="origin">The first lane of element 0.</param>
public readonly unsafe struct CpuView<T>(float* origin) : IView<T>
    where T : struct, IMemoryLanes<T>
{
    readonly float* origin = origin;

    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.Load(origin + ((nint)index * SampleBlock.Lanes));
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => T.Store(origin + ((nint)index * SampleBlock.Lanes), value);
    }
}

/// <summary>A weight, or another value that all samples share.</summary>
/// <param name="origin">Element 0.</param>
public readonly unsafe struct CpuUniformView<T>(float* origin) : IView<T>
    where T : struct, IMemoryLanes<T>
{
    readonly float* origin = origin;

    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.Create(origin[index]);
        set => throw new NotSupportedException("A kernel writes to a shared value.");
    }
}

/// <summary>An absent weight: reads as zero.</summary>
public readonly struct ZeroView<T> : IView<T>
    where T : struct, ILanes<T>
{
    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.Create(0);
        set { }
    }
}

/// <summary>The unit in which samples lie in memory.</summary>
public static class SampleBlock
{
    /// <summary>Samples to a block: one AVX-512 register, two AVX2 registers.</summary>
    public const int Lanes = 16;

    /// <summary>How many blocks hold <paramref name="samples"/> samples.</summary>
    public static int Count(int samples) => (int)Count((long)samples);

    /// <summary>How many blocks hold <paramref name="samples"/> samples.</summary>
    public static long Count(long samples) => (samples + Lanes - 1) / Lanes;
}
