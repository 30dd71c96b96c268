namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The mean intersection over union (Long, Shelhamer and Darrell 2015, section 5; the Jaccard index of PASCAL VOC), over a whole evaluation: the mean of
    /// n[k, k] / (Σ n[k, j] + Σ n[j, k] − n[k, k]) over the classes k that occur among the labels or the predictions. 0 where no label counts.
    /// </summary>
    /// <param name="scores">Scores, [N, C] or [N, C, H, W].</param>
    /// <param name="labels">Class indices, [N] or [N, H, W].</param>
    /// <param name="ignoreLabel">A label that does not count.</param>
    [Block]
    public static Tensor MeanIoU(Tensor scores, Labels labels, int? ignoreLabel = null) => MeanIoUOf(Confusion(scores, labels, ignoreLabel));

    /// <summary>The mean intersection over union of a confusion matrix: a figure, which <c>Metrics</c> returns as it is.</summary>
    [Operator("[K, C] -> []", Figure = typeof(MeanIoUFigure))]
    public static Tensor MeanIoUOf(Tensor confusion) => throw new NotExecutableException();
}

/// <summary>Mean intersection over union from counts.</summary>
public static class MeanIoUFigure
{
    /// <summary>The mean of n[k, k] / (Σ n[k, j] + Σ n[j, k] − n[k, k]).</summary>
    public static void Of(ReadOnlySpan<double> counts, Span<double> figures)
    {
        var matrix = new ConfusionMatrix(counts);
        var (sum, classes) = (0.0, 0);
        for (var k = 0; k < matrix.Classes; k++)
        {
            if (matrix.Union(k) > 0)
            {
                sum += matrix.Right(k) / matrix.Union(k);
                classes++;
            }
        }

        figures[0] = classes > 0 ? sum / classes : 0;
    }
}
