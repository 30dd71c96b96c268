namespace NetDsl.Kernels;

/// <summary>Neighbouring rows of weights; behind the last one it repeats itself, so that a tile never reads what is not there.</summary>
readonly unsafe struct WeightRows(float* first, nint stride, int count)
{
    /// <summary>Row <paramref name="row"/> of the tile.</summary>
    public float* Row(int row) => first + Math.Min(row, count - 1) * stride;

    /// <summary>The rows from <paramref name="row"/>.</summary>
    public WeightRows From(int row) => new(first + Math.Min(row, count - 1) * stride, stride, Math.Max(1, count - row));
}
