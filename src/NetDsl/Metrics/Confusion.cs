using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// How often a position of each class was taken for each class, over the batch: row k of [classes, classes] counts the labels k, by the class that scores best, the
    /// first among equals. The program counts in floats, which are exact up to 2^24 positions of a sample.
    /// </summary>
    /// <param name="scores">Scores, [N, C] or [N, C, H, W].</param>
    /// <param name="labels">Class indices, [N] or [N, H, W].</param>
    /// <param name="ignoreLabel">A label that does not count.</param>
    [Block]
    public static Tensor Confusion(Tensor scores, Labels labels, int? ignoreLabel = null) =>
        SumOverBatch(Histogram(ConfusionCell(scores, labels, ignoreLabel ?? int.MinValue), scores.Shape[1] * scores.Shape[1]) | Reshape(scores.Shape[1], scores.Shape[1]));

    /// <summary>At each position the cell of the confusion matrix, label · C + best class; −1 where the label is ignored. No gradient.</summary>
    [Operator("[N, C, *S], [N, *S] -> [N, *S]", Kernel = typeof(ConfusionCellKernel), Fusion = Fusion.Injective)]
    public static Tensor ConfusionCell(Tensor scores, Labels labels, int ignoreLabel) => throw new NotExecutableException();

    /// <summary>How many elements of each sample are 0, 1, … <paramref name="bins"/> − 1: [N, …] to [N, bins]. Other numbers do not count. No gradient.</summary>
    [Operator("[N, *S] -> [N, B = bins]", Kernel = typeof(HistogramKernel), Fusion = Fusion.Injective)]
    [Requires("bins > 0", "bins is {bins}; a histogram needs at least 1", Argument = "bins")]
    public static Tensor Histogram(Tensor x, int bins) => throw new NotExecutableException();
}

/// <summary>The cell of the confusion matrix that a position belongs to.</summary>
public static class ConfusionCellKernel
{
    /// <summary>y[s] = label · C + the first c with the largest score; −1 for an ignored label.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView scores, TView labels, int s, int C, int S, int ignoreLabel)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var largest = scores[s];
        var best = T.Create(0);
        for (var c = 1; c < C; c++)
        {
            var score = scores[c * S + s];
            var better = T.Greater(score, largest);
            largest = T.Select(better, score, largest);
            best = T.Select(better, T.Create(c), best);
        }

        return T.Select(T.Equal(labels[s], T.Create(ignoreLabel)), T.Create(-1), labels[s] * T.Create(C) + best);
    }
}

/// <summary>Counts by value.</summary>
public static class HistogramKernel
{
    /// <summary>y[b] = how many x are b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView x, int b, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var bin = T.Create(b);
        var count = T.Create(0);
        for (var i = 0; i < S; i++)
        {
            count += T.Select(T.Equal(x[i], bin), T.Create(1), T.Create(0));
        }

        return count;
    }
}
