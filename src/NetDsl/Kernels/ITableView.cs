namespace NetDsl.Kernels;

/// <summary>A weight of rows, of which each lane may look up another.</summary>
/// <typeparam name="T">The lanes.</typeparam>
public interface ITableView<T> : IView<T>
    where T : struct, ILanes<T>
{
    /// <summary>Each lane's element: column <paramref name="column"/> of the row that the lane names.</summary>
    /// <param name="row">Whole numbers: a row in each lane.</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="column">The column, the same in each lane.</param>
    T Row(T row, int width, int column);

    /// <summary>Adds to each lane's element, one lane after the other: lanes may name one row.</summary>
    /// <param name="row">Whole numbers: a row in each lane.</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="column">The column, the same in each lane.</param>
    /// <param name="value">What each lane adds.</param>
    void AddToRow(T row, int width, int column, T value);
}
