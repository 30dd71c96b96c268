using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The softmax over the channels and the information gain loss, −Σ H[label, k] log p[k], as a scalar: Caffe's InfogainLoss. The matrix H is a frozen parameter
    /// <c>matrix</c> of the loss, [C, C]; it starts as the identity, with which this is the softmax loss. Set it through <c>net.Parameters</c>
    /// or a weights file, where Caffe names a file. Computed from log-sum-exp; Caffe floors p at 1e-20.
    /// </summary>
    /// <param name="scores">Unnormalised scores, [N, C] or [N, C, H, W].</param>
    /// <param name="labels">Class indices, [N] or [N, H, W].</param>
    /// <param name="ignoreLabel">A label that adds neither loss nor gradient.</param>
    /// <param name="normalization">What the sum is divided by.</param>
    [Block]
    public static Tensor Infogain(Tensor scores, Labels labels, int? ignoreLabel = null, Normalization normalization = Normalization.Valid) =>
        Normalized(
            PerSample(InfogainLoss(scores, labels, ignoreLabel ?? int.MinValue)),
            ignoreLabel is int ignored ? PerSample(LabelIsValid(labels, ignored)) : null,
            Positions(scores),
            normalization);

    /// <summary>−Σ H[label, k] log softmax(scores)[k] at each position.</summary>
    [Operator("[N, C, *S], [N, *S] -> [N, *S]", Kernel = typeof(InfogainKernel), Fusion = Fusion.Injective)]
    [Weight("matrix", "[C = C, K = C]", Initializer.Identity, Value = 1, Frozen = true)]
    public static Tensor InfogainLoss(Tensor scores, Labels labels, int ignoreLabel) => throw new NotExecutableException();
}

/// <summary>The information gain loss at one position.</summary>
public static class InfogainKernel
{
    /// <summary>loss = Σ matrix[label, k] (log Σ e^scores − scores[k]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TMatrix>(TView scores, TView labels, TMatrix matrix, int s, int C, int S, int ignoreLabel)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TMatrix : struct, IView<T>
    {
        var largest = Largest<T, TView>(scores, s, C, S);
        var sum = T.Create(0);
        for (var c = 0; c < C; c++)
        {
            sum += LanesMath.Exp(scores[c * S + s] - largest);
        }

        var logarithm = LanesMath.Log(sum) + largest;
        var loss = T.Create(0);
        for (var k = 0; k < C; k++)
        {
            loss = T.MultiplyAdd(Gain<T, TView, TMatrix>(labels, matrix, s, k, C), logarithm - scores[k * S + s], loss);
        }

        return T.Select(T.Equal(labels[s], T.Create(ignoreLabel)), T.Create(0), loss);
    }

    /// <summary>dscores[k] = dy (softmax[k] Σ matrix[label, ·] − matrix[label, k]) at position s.</summary>
    [GradientOf("scores")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ScoresGradient<T, TView, TMatrix>(TView dy, TView scores, TView labels, TMatrix matrix, TView dscores, int s, int C, int S, int ignoreLabel)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TMatrix : struct, IView<T>
    {
        var largest = Largest<T, TView>(scores, s, C, S);
        var (sum, gains) = (T.Create(0), T.Create(0));
        for (var c = 0; c < C; c++)
        {
            var e = LanesMath.Exp(scores[c * S + s] - largest);
            dscores[c * S + s] = e;
            sum += e;
            gains += Gain<T, TView, TMatrix>(labels, matrix, s, c, C);
        }

        var gradient = T.Select(T.Equal(labels[s], T.Create(ignoreLabel)), T.Create(0), dy[s]);
        var scale = gradient * gains / sum;
        for (var c = 0; c < C; c++)
        {
            dscores[c * S + s] = dscores[c * S + s] * scale - gradient * Gain<T, TView, TMatrix>(labels, matrix, s, c, C);
        }
    }

    /// <summary>matrix[label, k]: lanes have labels of their own, so every row is looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Gain<T, TView, TMatrix>(TView labels, TMatrix matrix, int s, int k, int C)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TMatrix : struct, IView<T>
    {
        var gain = T.Create(0);
        for (var row = 0; row < C; row++)
        {
            gain = T.Select(T.Equal(labels[s], T.Create(row)), matrix[row * C + k], gain);
        }

        return gain;
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
