namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The share of positions whose class scores best (Long, Shelhamer and Darrell 2015, section 5), over a whole evaluation: Σ n[k, k] / Σ n[k, j] with the confusion
    /// matrix n. The first of equal scores is the best. 0 where no label counts.
    /// </summary>
    /// <param name="scores">Scores, [N, C] or [N, C, H, W].</param>
    /// <param name="labels">Class indices, [N] or [N, H, W].</param>
    /// <param name="ignoreLabel">A label that does not count.</param>
    [Block]
    public static Tensor PixelAccuracy(Tensor scores, Labels labels, int? ignoreLabel = null) => PixelAccuracyOf(Confusion(scores, labels, ignoreLabel));

    /// <summary>The pixel accuracy of a confusion matrix: a figure, which <c>Metrics</c> returns as it is.</summary>
    [Operator("[K, C] -> []", Figure = typeof(PixelAccuracyFigure))]
    public static Tensor PixelAccuracyOf(Tensor confusion) => throw new NotExecutableException();
}

/// <summary>Pixel accuracy from counts.</summary>
public static class PixelAccuracyFigure
{
    /// <summary>Σ n[k, k] / Σ n[k, j].</summary>
    public static void Of(ReadOnlySpan<double> counts, Span<double> figures)
    {
        var matrix = new ConfusionMatrix(counts);
        var (right, all) = (0.0, 0.0);
        for (var k = 0; k < matrix.Classes; k++)
        {
            right += matrix.Right(k);
            all += matrix.Labelled(k);
        }

        figures[0] = all > 0 ? right / all : 0;
    }
}
