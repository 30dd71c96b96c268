namespace NetDsl.Runtime;

/// <summary>
/// The trained parameters cut into pieces, always the same ones: the unit in which gradients are checked and parameters updated. Sums over
/// pieces are added in their order, so that they do not depend on the number of threads.
/// </summary>
sealed class ParameterChunks
{
    /// <summary>Elements of a piece; a multiple of 16, so that each begins on a cache line.</summary>
    public const int Size = 8192;

    public ParameterChunks(NetworkDefinition definition)
    {
        Items = [.. definition.Parameters.Where(static parameter => !parameter.Frozen).SelectMany(Cut)];
        SquareSums = new double[Items.Length];
    }

    public Chunk[] Items { get; }

    /// <summary>The sum of the squared gradients of each piece.</summary>
    public double[] SquareSums { get; }

    static IEnumerable<Chunk> Cut(ParameterDefinition parameter)
    {
        for (var begin = 0; begin < parameter.Count; begin += Size)
        {
            yield return new Chunk(parameter.Offset + begin, Math.Min(Size, parameter.Count - begin), parameter.LearningRate, parameter.WeightDecay);
        }
    }

    /// <summary>A piece of one parameter.</summary>
    public readonly record struct Chunk(long Offset, int Count, float Rate, float Decay);
}
