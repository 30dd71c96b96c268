using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The softmax over the channels and the cross entropy with the labels, −log p[label], as a scalar: Caffe's SoftmaxWithLoss. Computed as
    /// log-sum-exp, so that no probability is ever rounded to 0.
    /// </summary>
    /// <param name="scores">Unnormalised scores, [N, C] or, for each pixel, [N, C, H, W].</param>
    /// <param name="labels">Class indices, [N] or [N, H, W].</param>
    /// <param name="ignoreLabel">A label that adds neither loss nor gradient.</param>
    /// <param name="normalization">What the sum is divided by.</param>
    [Block]
    public static Tensor SoftmaxCrossEntropy(Tensor scores, Labels labels, int? ignoreLabel = null, Normalization normalization = Normalization.Valid)
    {
        var loss = SampleSum(SoftmaxLoss(scores, labels, ignoreLabel ?? int.MinValue));
        var positions = 1;
        for (var axis = 2; axis < scores.Shape.Count; axis++)
        {
            positions *= scores.Shape[axis];
        }

        return normalization switch
        {
            Normalization.Valid when ignoreLabel is int ignored => BatchSum(loss) / AtLeastOne(BatchSum(SampleSum(LabelIsValid(labels, ignored)))),
            Normalization.Valid or Normalization.Full => BatchMean(loss) / positions,
            Normalization.BatchSize => BatchMean(loss),
            _ => BatchSum(loss),
        };
    }

    /// <summary>−log softmax(scores)[label] at each position: [N, C, …] and [N, …] to [N, …].</summary>
    /// <param name="scores">Unnormalised scores.</param>
    /// <param name="labels">Class indices.</param>
    /// <param name="ignoreLabel">A label whose loss is 0.</param>
    [Operator("[N, C, *S], [N, *S] -> [N, *S]", Kernel = typeof(SoftmaxLossKernel), Fusion = Fusion.Injective)]
    public static Tensor SoftmaxLoss(Tensor scores, Labels labels, int ignoreLabel) => throw new NotExecutableException();

    /// <summary>1 where the label is not the ignored one, 0 elsewhere.</summary>
    [Operator("[N, *S] -> [N, *S]", Kernel = typeof(LabelIsValidKernel), Fusion = Fusion.Injective)]
    public static Tensor LabelIsValid(Labels labels, int ignoreLabel) => throw new NotExecutableException();

    /// <summary>max(x, 1): a count that may divide.</summary>
    [Elementwise(nameof(Scalar.AtLeastOne), In = typeof(Scalar))]
    public static Tensor AtLeastOne(Tensor x) => throw new NotExecutableException();
}

public static partial class Scalar
{
    public static float AtLeastOne(float x) => MathF.Max(x, 1);
}

/// <summary>The softmax loss at one position.</summary>
public static class SoftmaxLossKernel
{
    /// <summary>loss = log Σ e^scores − scores[label].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView scores, TView labels, int s, int C, int S, int ignoreLabel)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var label = labels[s];
        var largest = Largest<T, TView>(scores, s, C, S);
        var sum = T.Create(0);
        var chosen = T.Create(0);
        for (var c = 0; c < C; c++)
        {
            var score = scores[c * S + s];
            sum += LanesMath.Exp(score - largest);
            chosen = T.Select(T.Equal(label, T.Create(c)), score, chosen);
        }

        var loss = LanesMath.Log(sum) + largest - chosen;
        return T.Select(T.Equal(label, T.Create(ignoreLabel)), T.Create(0), loss);
    }

    /// <summary>dscores[c] = dy (softmax[c] − [c = label]) at position s.</summary>
    [GradientOf("scores")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ScoresGradient<T, TView>(TView dy, TView scores, TView labels, TView dscores, int s, int C, int S, int ignoreLabel)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var label = labels[s];
        var largest = Largest<T, TView>(scores, s, C, S);
        var sum = T.Create(0);
        for (var c = 0; c < C; c++)
        {
            var e = LanesMath.Exp(scores[c * S + s] - largest);
            dscores[c * S + s] = e;
            sum += e;
        }

        var gradient = T.Select(T.Equal(label, T.Create(ignoreLabel)), T.Create(0), dy[s]);
        var scale = gradient / sum;
        for (var c = 0; c < C; c++)
        {
            var target = T.Select(T.Equal(label, T.Create(c)), gradient, T.Create(0));
            dscores[c * S + s] = dscores[c * S + s] * scale - target;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Largest<T, TView>(TView scores, int s, int C, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var largest = scores[s];
        for (var c = 1; c < C; c++)
        {
            largest = T.Max(largest, scores[c * S + s]);
        }

        return largest;
    }
}

/// <summary>Which labels count.</summary>
public static class LabelIsValidKernel
{
    /// <summary>y = 1 unless the label is ignored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView labels, int i, int ignoreLabel)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => T.Select(T.Equal(labels[i], T.Create(ignoreLabel)), T.Create(0), T.Create(1));
}
