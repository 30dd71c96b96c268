using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

/// <summary>The power of a hinge loss: Caffe's <c>HingeLossParameter.norm</c>.</summary>
public enum HingeNorm
{
    /// <summary>The margin that is missing.</summary>
    L1,

    /// <summary>Its square.</summary>
    L2,
}

public static partial class Layers
{
    /// <summary>
    /// The one-against-all hinge loss, Σ max(0, 1 − t x)^p / N with t = 1 for the label's class and −1 for the others, as a scalar: Caffe's HingeLoss.
    /// </summary>
    /// <param name="scores">Scores, [N, C].</param>
    /// <param name="labels">Class indices, [N].</param>
    /// <param name="norm">Whether p is 1 or 2.</param>
    [Block]
    public static Tensor Hinge(Tensor scores, Labels labels, HingeNorm norm = HingeNorm.L1) => BatchMean(HingeLoss(scores, labels, norm == HingeNorm.L2));

    /// <summary>Σ max(0, 1 − t x)^p over the classes.</summary>
    [Operator("[N, C], [N] -> [N]", Kernel = typeof(HingeKernel), Fusion = Fusion.Injective)]
    public static Tensor HingeLoss(Tensor scores, Labels labels, bool squared) => throw new NotExecutableException();
}

/// <summary>The hinge loss of one sample.</summary>
public static class HingeKernel
{
    /// <summary>loss = Σ max(0, 1 − t scores[c])^p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView scores, TView labels, int C, bool squared)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var c = 0; c < C; c++)
        {
            var sign = T.Select(T.Equal(labels[0], T.Create(c)), T.Create(1), T.Create(-1));
            var missing = T.Max(T.Create(1) - sign * scores[c], T.Create(0));
            sum += squared ? missing * missing : missing;
        }

        return sum;
    }

    /// <summary>dscores[c] = −dy t where margin is missing, times twice what is missing for p = 2.</summary>
    [GradientOf("scores")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ScoresGradient<T, TView>(TView dy, TView scores, TView labels, int c, bool squared)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sign = T.Select(T.Equal(labels[0], T.Create(c)), T.Create(1), T.Create(-1));
        var missing = T.Max(T.Create(1) - sign * scores[c], T.Create(0));
        var slope = squared ? T.Create(2) * missing : T.Select(T.Greater(missing, T.Create(0)), T.Create(1), T.Create(0));
        return -dy[0] * sign * slope;
    }
}
