namespace NetDsl;

/// <summary>Reads a confusion matrix, row-major: row k counts the labels k, by what they were taken for.</summary>
/// <param name="counts">The counts, classes × classes.</param>
readonly ref struct ConfusionMatrix(ReadOnlySpan<double> counts)
{
    readonly ReadOnlySpan<double> counts = counts;

    public int Classes { get; } = (int)Math.Sqrt(counts.Length);

    /// <summary>Labels k that were taken for k.</summary>
    public double Right(int k) => counts[k * Classes + k];

    /// <summary>Labels k.</summary>
    public double Labelled(int k)
    {
        var sum = 0.0;
        for (var j = 0; j < Classes; j++)
        {
            sum += counts[k * Classes + j];
        }

        return sum;
    }

    /// <summary>Positions that are labelled k or were taken for k.</summary>
    public double Union(int k)
    {
        var sum = Labelled(k) - Right(k);
        for (var j = 0; j < Classes; j++)
        {
            sum += counts[j * Classes + k];
        }

        return sum;
    }
}
