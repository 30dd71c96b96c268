namespace NetDsl.Runtime.Checkpoints;

/// <summary>Gives the values of a tensor when they are to be written.</summary>
public delegate ReadOnlySpan<float> TensorData();

/// <summary>A tensor to be written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape; its elements are as many as <paramref name="Data"/> gives.</param>
/// <param name="Data">Its values, row-major.</param>
public sealed record TensorSource(string Name, IReadOnlyList<int> Shape, TensorData Data)
{
    /// <summary>The number of elements.</summary>
    public long Count => Shape.Aggregate(1L, static (count, size) => checked(count * size));
}
