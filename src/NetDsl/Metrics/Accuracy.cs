using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The share of labels whose score is among the best <paramref name="top"/>: Caffe's Accuracy. A class that scores as high as the
    /// label's counts as better, so a tie is a miss. No gradient.
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
            ? BatchSum(SampleSum(hits * LabelIsValid(labels, ignored))) / AtLeastOne(BatchSum(SampleSum(LabelIsValid(labels, ignored))))
            : BatchMean(SampleSum(hits)) / Positions(scores);
    }

    /// <summary>1 where fewer than <paramref name="top"/> other classes score at least as high as the label's.</summary>
    [Operator("[N, C, *S], [N, *S] -> [N, *S]", Kernel = typeof(AccuracyKernel), Fusion = Fusion.Injective)]
    [Requires("top >= 1 && top <= C", "top is {top}; it must lie between 1 and the {C} classes", Argument = "top")]
    public static Tensor IsAmongBest(Tensor scores, Labels labels, int top) => throw new NotExecutableException();
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
        var chosen = scores[s];
        for (var c = 1; c < C; c++)
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
