using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The share of labels whose score is among the best <paramref name="top"/>: Caffe's Accuracy. A class that scores as high as the
    /// label's counts as better, so a tie is a miss. Over a whole evaluation it is the share of all labels that count; 0 where none does. No gradient.
    /// </summary>
    /// <param name="scores">Scores, [N, C] or [N, C, H, W].</param>
    /// <param name="labels">Class indices, [N] or [N, H, W].</param>
    /// <param name="top">How many of the best scores count as right.</param>
    /// <param name="ignoreLabel">A label that does not count.</param>
    [Block]
    public static Tensor Accuracy(Tensor scores, Labels labels, int top = 1, int? ignoreLabel = null)
    {
        var hits = IsAmongBest(scores, labels, top);
        return ignoreLabel is int ignored
            ? ShareOf(SumOverBatch(Concat(PerSample(hits * LabelIsValid(labels, ignored)) | Reshape(1), PerSample(LabelIsValid(labels, ignored)) | Reshape(1))))
            : MeanOf(PerSample(hits), Positions(scores));
    }

    /// <summary>1 where fewer than <paramref name="top"/> other classes score at least as high as the label's.</summary>
    [Operator("[N, C, *S], [N, *S] -> [N, *S]", Kernel = typeof(AccuracyKernel), Fusion = Fusion.Injective)]
    [Requires("top >= 1 && top <= C", "top is {top}; it must lie between 1 and the {C} classes", Argument = "top")]
    public static Tensor IsAmongBest(Tensor scores, Labels labels, int top) => throw new NotExecutableException();

    /// <summary>The first of two counts divided by the second: a figure, which <c>Metrics</c> returns as it is.</summary>
    [Operator("[K] -> []", Figure = typeof(ShareFigure))]
    public static Tensor ShareOf(Tensor counts) => throw new NotExecutableException();
}

/// <summary>A share from two counts.</summary>
public static class ShareFigure
{
    /// <summary>part / all; 0 of nothing.</summary>
    public static void Of(ReadOnlySpan<double> counts, Span<double> figures) => figures[0] = counts[1] > 0 ? counts[0] / counts[1] : 0;
}

/// <summary>Whether a label is among the best scores.</summary>
public static class AccuracyKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView scores, TView labels, int s, int C, int S, int top)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var label = labels[s];
        // A label that is no class, which another operator ignores, has no score: it is a miss.
        var chosen = T.Create(float.NegativeInfinity);
        for (var c = 0; c < C; c++)
        {
            chosen = T.Select(T.Equal(label, T.Create(c)), scores[c * S + s], chosen);
        }

        var better = T.Create(-1);
        for (var c = 0; c < C; c++)
        {
            better += T.Select(T.GreaterOrEqual(scores[c * S + s], chosen), T.Create(1), T.Create(0));
        }

        return T.Select(T.Greater(T.Create(top), better), T.Create(1), T.Create(0));
    }
}
