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
        // Loops: the queries of LINQ would be compiled for this type before the first step.
        var count = 0;
        foreach (var parameter in definition.Parameters)
        {
            count += parameter.Frozen ? 0 : (parameter.Count + Size - 1) / Size;
        }

        Items = new Chunk[count];
        SquareSums = new double[count];
        Stored = Cut(definition, factored: false, 0);
        Cut(definition, factored: true, Stored);
    }

    /// <summary>How many have gradients that every step stores: the first ones.</summary>
    public int Stored { get; }

    public Chunk[] Items { get; }

    /// <summary>The sum of the squared gradients of each piece.</summary>
    public double[] SquareSums { get; }

    /// <summary>A piece of one parameter.</summary>
    public readonly record struct Chunk(long Offset, int Count, float Rate, float Decay);

    int Cut(NetworkDefinition definition, bool factored, int next)
    {
        foreach (var parameter in definition.Parameters)
        {
            for (var begin = 0; begin < parameter.Count && !parameter.Frozen && (parameter.Factors is not null) == factored; begin += Size)
            {
                Items[next++] = new Chunk(parameter.Offset + begin, Math.Min(Size, parameter.Count - begin), parameter.LearningRate, parameter.WeightDecay);
            }
        }

        return next;
    }
}
