using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Each channel of each sample less its mean and divided by its deviation, [N, C, …] to the same: y = (x − μ) / (√(σ² + varianceEpsilon) + deviationEpsilon), with
    /// μ and σ² over the channel's positions. What <see cref="MVN"/>, <see cref="LayerNorm(int, float, bool, string?)"/> and <see cref="GroupNorm(int, float, bool, string?)"/> are made of.
    /// </summary>
    /// <param name="x">The input.</param>
    /// <param name="varianceEpsilon">What is added inside the root.</param>
    /// <param name="deviationEpsilon">What is added outside of it.</param>
    [Operator("[N, C, *S] -> [N, C, *S]", Kernel = typeof(StandardizeKernel), Channelwise = true)]
    public static Tensor Standardize(Tensor x, float varianceEpsilon, float deviationEpsilon) => throw new NotExecutableException();
}

/// <summary>Channels less their mean, divided by their deviation.</summary>
public static class StandardizeKernel
{
    /// <summary>y[c, s] = (x[c, s] − μ[c]) / (√(σ²[c] + varianceEpsilon) + deviationEpsilon) for all s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView>(TView x, TView y, int c, int S, float varianceEpsilon, float deviationEpsilon)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var mean = ChannelMeanKernel.Forward<T, TView>(x, c, S);
        var scale = T.Create(1) / (Deviation<T, TView>(x, mean, c, S, varianceEpsilon) + T.Create(deviationEpsilon));
        for (var i = c * S; i < (c + 1) * S; i++)
        {
            y[i] = (x[i] - mean) * scale;
        }
    }

    /// <summary>
    /// dx[c, s] = (dy[c, s] − mean(dy[c])) / d − y[c, s] mean(dy[c] y[c]) / σ with d what the forward divides by and σ its root. A channel without any deviation has y = 0, and then
    /// the second term is 0.
    /// </summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient<T, TView>(TView dy, TView x, TView y, TView dx, int c, int S, float varianceEpsilon, float deviationEpsilon)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var deviation = Deviation<T, TView>(x, ChannelMeanKernel.Forward<T, TView>(x, c, S), c, S, varianceEpsilon);
        var scale = T.Create(1) / (deviation + T.Create(deviationEpsilon));
        var mean = ChannelMeanKernel.Forward<T, TView>(dy, c, S);
        var slope = ScaleKernel.WeightGradient<T, TView>(dy, y, c, S) * T.Create(1f / S);
        slope = T.Select(T.Greater(deviation, T.Create(0)), slope / deviation, T.Create(0));
        for (var i = c * S; i < (c + 1) * S; i++)
        {
            dx[i] = (dy[i] - mean) * scale - y[i] * slope;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Deviation<T, TView>(TView x, T mean, int c, int S, float epsilon)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var i = c * S; i < (c + 1) * S; i++)
        {
            var distance = x[i] - mean;
            sum = T.MultiplyAdd(distance, distance, sum);
        }

        return T.Sqrt(T.MultiplyAdd(sum, T.Create(1f / S), T.Create(epsilon)));
    }
}
