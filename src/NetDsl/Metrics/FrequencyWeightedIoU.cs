namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The intersection over union of the classes, weighted by how often labels name them (Long, Shelhamer and Darrell 2015, section 5), over a whole evaluation. 0 where
    /// no label counts.
    /// </summary>
    /// <param name="scores">Scores, [N, C] or [N, C, H, W].</param>
    /// <param name="labels">Class indices, [N] or [N, H, W].</param>
    /// <param name="ignoreLabel">A label that does not count.</param>
    [Block]
    public static Tensor FrequencyWeightedIoU(Tensor scores, Labels labels, int? ignoreLabel = null) => FrequencyWeightedIoUOf(Confusion(scores, labels, ignoreLabel));

    /// <summary>The frequency-weighted intersection over union of a confusion matrix: a figure, which <c>Metrics</c> returns as it is.</summary>
    [Operator("[K, C] -> []", Figure = typeof(FrequencyWeightedIoUFigure))]
    public static Tensor FrequencyWeightedIoUOf(Tensor confusion) => throw new NotExecutableException();
}

/// <summary>Frequency-weighted intersection over union from counts.</summary>
public static class FrequencyWeightedIoUFigure
{
    /// <summary>Σ labelled[k] · IoU[k] / Σ labelled[k].</summary>
    public static void Of(ReadOnlySpan<double> counts, Span<double> figures)
    {
        var matrix = new ConfusionMatrix(counts);
        var (sum, all) = (0.0, 0.0);
        for (var k = 0; k < matrix.Classes; k++)
        {
            if (matrix.Labelled(k) > 0)
            {
                sum += matrix.Labelled(k) * matrix.Right(k) / matrix.Union(k);
                all += matrix.Labelled(k);
            }
        }

        figures[0] = all > 0 ? sum / all : 0;
    }
}
