using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>A factor that is not there: reads as one.</summary>
public readonly struct OneView<T> : IView<T>
    where T : struct, ILanes<T>
{
    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.Create(1);
        set { }
    }

    public void Fetch(int index)
    {
    }
}
