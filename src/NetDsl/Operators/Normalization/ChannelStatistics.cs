using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The mean of each channel of each sample, [N, C, …] to [N, C], as a constant: no gradient reaches x through it. For normalisations, whose own gradient counts
    /// what their statistics do; elsewhere use <see cref="GlobalAvgPool"/>.
    /// </summary>
    [Operator("[N, C, *S] -> [N, C]", Kernel = typeof(ChannelMeanKernel), Fusion = Fusion.Injective, Channelwise = true)]
    public static Tensor ChannelMean(Tensor x) => throw new NotExecutableException();

    /// <summary>The mean squared distance of each channel of each sample from a mean of that channel, [N, C, …] and [C] to [N, C]; a constant as <see cref="ChannelMean"/> is.</summary>
    /// <param name="x">The input.</param>
    /// <param name="mean">The mean of each channel, over all samples.</param>
    [Operator("[N, C, *S], [C] -> [N, C]", Kernel = typeof(ChannelVarianceKernel), Fusion = Fusion.Injective, Channelwise = true)]
    public static Tensor ChannelVariance(Tensor x, Tensor mean) => throw new NotExecutableException();
}

/// <summary>Means over positions.</summary>
public static class ChannelMeanKernel
{
    /// <summary>y[c] = 1/S Σ x[c, s].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView x, int c, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        // Four sums: a chain of additions waits for itself, and loses more digits the longer it is.
        var (s0, s1, s2, s3) = (T.Create(0), T.Create(0), T.Create(0), T.Create(0));
        var (i, end) = (c * S, (c + 1) * S);
        for (; i + 3 < end; i += 4)
        {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
        }

        for (; i < end; i++)
        {
            s0 += x[i];
        }

        return ((s0 + s1) + (s2 + s3)) * T.Create(1f / S);
    }
}

/// <summary>Mean squared distances over positions.</summary>
public static class ChannelVarianceKernel
{
    /// <summary>y[c] = 1/S Σ (x[c, s] − mean[c])².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TMean>(TView x, TMean mean, int c, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TMean : struct, IView<T>
    {
        var center = mean[c];
        var (s0, s1) = (T.Create(0), T.Create(0));
        var (i, end) = (c * S, (c + 1) * S);
        for (; i + 1 < end; i += 2)
        {
            var (d0, d1) = (x[i] - center, x[i + 1] - center);
            s0 = T.MultiplyAdd(d0, d0, s0);
            s1 = T.MultiplyAdd(d1, d1, s1);
        }

        if (i < end)
        {
            var d = x[i] - center;
            s0 = T.MultiplyAdd(d, d, s0);
        }

        return (s0 + s1) * T.Create(1f / S);
    }
}
