namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The mean over the classes of the share of their positions that were found (Long, Shelhamer and Darrell 2015, section 5), over a whole evaluation: the mean of
    /// n[k, k] / Σ n[k, j] over the classes k that some label names. 0 where no label counts.
    /// </summary>
    /// <param name="scores">Scores, [N, C] or [N, C, H, W].</param>
    /// <param name="labels">Class indices, [N] or [N, H, W].</param>
    /// <param name="ignoreLabel">A label that does not count.</param>
    [Block]
    public static Tensor MeanAccuracy(Tensor scores, Labels labels, int? ignoreLabel = null) => MeanAccuracyOf(Confusion(scores, labels, ignoreLabel));

    /// <summary>The mean accuracy of a confusion matrix: a figure, which <c>Metrics</c> returns as it is.</summary>
    [Operator("[K, C] -> []", Figure = typeof(MeanAccuracyFigure))]
    public static Tensor MeanAccuracyOf(Tensor confusion) => throw new NotExecutableException();
}

/// <summary>Mean accuracy from counts.</summary>
public static class MeanAccuracyFigure
{
    /// <summary>The mean of n[k, k] / Σ n[k, j].</summary>
    public static void Of(ReadOnlySpan<double> counts, Span<double> figures)
    {
        var matrix = new ConfusionMatrix(counts);
        var (sum, classes) = (0.0, 0);
        for (var k = 0; k < matrix.Classes; k++)
        {
            if (matrix.Labelled(k) > 0)
            {
                sum += matrix.Right(k) / matrix.Labelled(k);
                classes++;
            }
        }

        figures[0] = classes > 0 ? sum / classes : 0;
    }
}
