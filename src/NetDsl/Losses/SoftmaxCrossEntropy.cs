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
    /// <param name="classWeights">A factor for the loss of each class, as in DeepLab's <c>weight_source</c>; the divisor still counts labels.</param>
    [Block]
    public static Tensor SoftmaxCrossEntropy(
        Tensor scores, Labels labels, int? ignoreLabel = null, Normalization normalization = Normalization.Valid, float[]? classWeights = null)
    {
        var loss = SoftmaxLoss(scores, labels, ignoreLabel ?? int.MinValue);
        return Normalized(
            PerSample(classWeights is null ? loss : loss * LabelWeights(labels, scores.Shape[1], classWeights)),
            ignoreLabel is int ignored ? PerSample(LabelIsValid(labels, ignored)) : null,
            Positions(scores),
            normalization);
    }

    /// <summary>The positions that have a label: the sizes behind the channels multiplied.</summary>
    [Block]
    public static int Positions(Tensor scores)
    {
        var positions = 1;
        for (var axis = 2; axis < scores.Shape.Count; axis++)
        {
            positions *= scores.Shape[axis];
        }

        return positions;
    }

    /// <summary>The weight of each label's class.</summary>
    [Block]
    public static Tensor LabelWeights(Labels labels, int classes, float[] classWeights)
    {
        if (classWeights.Length != classes)
        {
            throw new ArgumentException($"{classWeights.Length} class weights do not fit {classes} classes; give one for each", nameof(classWeights));
        }

        var weight = LabelWeight(labels, 0, classWeights[0]);
        for (var label = 1; label < classes; label++)
        {
            weight = Add(weight, LabelWeight(labels, label, classWeights[label]));
        }

        return weight;
    }

    /// <summary>A number where the label is a given one, 0 elsewhere. No gradient.</summary>
    [Elementwise(nameof(Scalar.LabelWeight), In = typeof(Scalar))]
    public static Tensor LabelWeight(Labels labels, int label, float weight) => throw new NotExecutableException();

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

    public static float LabelWeight(float labels, int label, float weight) => labels == label ? weight : 0;
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
