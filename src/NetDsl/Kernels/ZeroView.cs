using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

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

    public void Fetch(int index)
    {
    }
}
