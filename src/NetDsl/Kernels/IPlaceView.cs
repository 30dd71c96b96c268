namespace NetDsl.Kernels;

/// <summary>A view that can begin further on: where a loop's index is all that changes, addresses cost nothing.</summary>
/// <typeparam name="T">The lanes.</typeparam>
/// <typeparam name="TView">The implementing type.</typeparam>
public interface IPlaceView<T, TView> : IView<T>
    where T : struct, ILanes<T>
    where TView : struct, IPlaceView<T, TView>
{
    /// <summary>The same memory from element <paramref name="index"/> on.</summary>
    TView From(int index);
}
