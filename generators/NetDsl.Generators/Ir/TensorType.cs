namespace NetDsl.Generators.Ir;

/// <summary>
/// The type of a value: its sizes without the batch axis, and whether there is one. A batched value exists once a sample ([N, 20, 24, 24]);
/// a uniform one (a weight, a loss) once for all.
/// </summary>
sealed record TensorType(bool Batched, EquatableArray<int> Sizes)
{
    /// <summary>Elements of one sample.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (var size in Sizes)
            {
                count *= size;
            }

            return count;
        }
    }

    /// <summary>A uniform value with no axis: a loss.</summary>
    public bool IsScalar => !Batched && Sizes.Count == 0;

    public static TensorType Sample(params int[] sizes) => new(true, sizes.ToEquatableArray());

    public static TensorType Uniform(params int[] sizes) => new(false, sizes.ToEquatableArray());

    /// <summary>As users read it: <c>[N, 20, 24, 24]</c>, <c>[500, 800]</c>, <c>[]</c>.</summary>
    public override string ToString()
    {
        var sizes = string.Join(", ", Sizes);
        return Batched ? sizes.Length == 0 ? "[N]" : $"[N, {sizes}]" : $"[{sizes}]";
    }
}
