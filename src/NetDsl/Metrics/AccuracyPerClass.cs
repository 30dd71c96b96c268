namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The accuracy of each class over a whole evaluation, [C]: the share of its labels whose score is among the best <paramref name="top"/>; 0 for a class that no label
    /// names. The second top of Caffe's Accuracy. Its figures are read one by one: <c>Scalar("accuracyperclass[3]")</c>.
    /// </summary>
    /// <param name="scores">Scores, [N, C] or [N, C, H, W].</param>
    /// <param name="labels">Class indices, [N] or [N, H, W].</param>
    /// <param name="top">How many of the best scores count as right.</param>
    /// <param name="ignoreLabel">A label that does not count.</param>
    [Block]
    public static Tensor AccuracyPerClass(Tensor scores, Labels labels, int top = 1, int? ignoreLabel = null) =>
        AccuracyPerClassOf(SumOverBatch(
            Histogram(HitCell(IsAmongBest(scores, labels, top), labels, ignoreLabel ?? int.MinValue), 2 * scores.Shape[1]) | Reshape(scores.Shape[1], 2)));

    /// <summary>2 · label, and 1 more where it was found; −1 where the label is ignored. No gradient.</summary>
    [Elementwise(nameof(Scalar.HitCell), In = typeof(Scalar))]
    public static Tensor HitCell(Tensor hits, Labels labels, int ignoreLabel) => throw new NotExecutableException();

    /// <summary>The accuracy of each class from [C, 2] counts of misses and hits: figures, which <c>Metrics</c> returns as they are.</summary>
    [Operator("[C, K] -> [C]", Figure = typeof(AccuracyPerClassFigure))]
    public static Tensor AccuracyPerClassOf(Tensor counts) => throw new NotExecutableException();
}

public static partial class Scalar
{
    public static float HitCell(float hits, float labels, int ignoreLabel) => labels == ignoreLabel ? -1 : 2 * labels + hits;
}

/// <summary>Accuracies from counts of misses and hits.</summary>
public static class AccuracyPerClassFigure
{
    /// <summary>hits / (misses + hits) of each class.</summary>
    public static void Of(ReadOnlySpan<double> counts, Span<double> figures)
    {
        for (var k = 0; k < figures.Length; k++)
        {
            var (misses, hits) = (counts[2 * k], counts[2 * k + 1]);
            figures[k] = hits > 0 ? hits / (misses + hits) : 0;
        }
    }
}
