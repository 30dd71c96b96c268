using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// −Σ log max(p[label], 1e-20) / N, as a scalar: Caffe's MultinomialLogisticLoss. It takes probabilities; for scores use
    /// <see cref="SoftmaxCrossEntropy(Tensor, Labels, int?, Normalization, float[])"/>, which loses no digits.
    /// </summary>
    /// <param name="probabilities">Probabilities, [N, C].</param>
    /// <param name="labels">Class indices, [N].</param>
    [Block]
    public static Tensor MultinomialLogistic(Tensor probabilities, Labels labels) => BatchMean(NegativeLogLikelihood(probabilities, labels));

    /// <summary>−log max(p[label], 1e-20) at each position.</summary>
    [Operator("[N, C, *S], [N, *S] -> [N, *S]", Kernel = typeof(NegativeLogLikelihoodKernel), Fusion = Fusion.Injective)]
    public static Tensor NegativeLogLikelihood(Tensor probabilities, Labels labels) => throw new NotExecutableException();
}

/// <summary>The negative log-likelihood of the label.</summary>
public static class NegativeLogLikelihoodKernel
{
    /// <summary>Caffe's kLOG_THRESHOLD.</summary>
    const float Floor = 1e-20f;

    /// <summary>y[s] = −log max(p[label, s], 1e-20).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView probabilities, TView labels, int s, int C, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var chosen = T.Create(0);
        for (var c = 0; c < C; c++)
        {
            chosen = T.Select(T.Equal(labels[s], T.Create(c)), probabilities[c * S + s], chosen);
        }

        return -LanesMath.Log(T.Max(chosen, T.Create(Floor)));
    }

    /// <summary>dp[c, s] = −dy / max(p, 1e-20) for the label's class, else 0.</summary>
    [GradientOf("probabilities")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Gradient<T, TView>(TView dy, TView probabilities, TView labels, int c, int s, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> =>
        T.Select(T.Equal(labels[s], T.Create(c)), -dy[s] / T.Max(probabilities[c * S + s], T.Create(Floor)), T.Create(0));
}
