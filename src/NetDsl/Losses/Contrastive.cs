using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Pulls the features of pairs marked as same together and pushes the others at least <paramref name="margin"/> apart:
    /// Σ (same d² + (1 − same) max(margin − d, 0)²) / (2 N) with the distance d = ‖a − b‖ (Hadsell, Chopra and LeCun 2006; Caffe's ContrastiveLoss).
    /// </summary>
    /// <param name="a">Features, [N, F].</param>
    /// <param name="b">Features, [N, F].</param>
    /// <param name="same">1 for a pair of one class, 0 otherwise, [N].</param>
    /// <param name="margin">The distance beyond which a different pair costs nothing; with <paramref name="legacy"/> the squared distance.</param>
    /// <param name="legacy">Charges a different pair max(margin − d², 0), as Caffe did before 2014: its <c>legacy_version</c>.</param>
    [Block]
    public static Tensor Contrastive(Tensor a, Tensor b, Labels same, float margin = 1, bool legacy = false) =>
        0.5f * BatchMean(ContrastiveDistance(a, b, same, margin, legacy));

    /// <summary>same d² + (1 − same) max(margin − d, 0)² of each pair; max(margin − d², 0) in the legacy form.</summary>
    [Operator("[N, *S], [N, *S], [N] -> [N]", Kernel = typeof(ContrastiveKernel), Fusion = Fusion.Injective)]
    [Requires("margin > 0", "the margin is {margin}; it must be greater than 0", Argument = "margin")]
    public static Tensor ContrastiveDistance(Tensor a, Tensor b, Labels same, float margin, bool legacy) => throw new NotExecutableException();
}

/// <summary>The contrastive loss of one pair.</summary>
public static class ContrastiveKernel
{
    /// <summary>Caffe adds this to the distance it divides by.</summary>
    const float Epsilon = 1e-4f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView a, TView b, TView same, int S, float margin, bool legacy)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var square = SquaredDistance<T, TView>(a, b, S);
        var gap = T.Max(T.Create(margin) - (legacy ? square : T.Sqrt(square)), T.Create(0));
        return T.Select(T.Equal(same[0], T.Create(0)), legacy ? gap : gap * gap, square);
    }

    [GradientOf("a")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FirstGradient<T, TView>(TView dy, TView a, TView b, TView same, TView da, int S, float margin, bool legacy)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var factor = Factor<T, TView>(dy, a, b, same, S, margin, legacy);
        for (var i = 0; i < S; i++)
        {
            da[i] = factor * (a[i] - b[i]);
        }
    }

    [GradientOf("b")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SecondGradient<T, TView>(TView dy, TView a, TView b, TView same, TView db, int S, float margin, bool legacy)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var factor = Factor<T, TView>(dy, a, b, same, S, margin, legacy);
        for (var i = 0; i < S; i++)
        {
            db[i] = factor * (b[i] - a[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Factor<T, TView>(TView dy, TView a, TView b, TView same, int S, float margin, bool legacy)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var square = SquaredDistance<T, TView>(a, b, S);
        var distance = T.Sqrt(square);
        var gap = T.Max(T.Create(margin) - (legacy ? square : distance), T.Create(0));
        var apart = legacy
            ? T.Select(T.Greater(gap, T.Create(0)), T.Create(-1), T.Create(0))
            : -gap / (distance + T.Create(Epsilon));
        return T.Create(2) * dy[0] * T.Select(T.Equal(same[0], T.Create(0)), apart, T.Create(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T SquaredDistance<T, TView>(TView a, TView b, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var i = 0; i < S; i++)
        {
            var difference = a[i] - b[i];
            sum = T.MultiplyAdd(difference, difference, sum);
        }

        return sum;
    }
}
