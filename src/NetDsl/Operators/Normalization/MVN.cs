using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Mean-variance normalisation of [N, C, …], as Caffe's MVN: y = (x − μ) / (σ + ε), with μ and σ of each channel of each sample, or of each sample. ε is added to the
    /// deviation, outside the root; BatchNorm adds it inside. Where all values are equal, y is 0.
    /// </summary>
    /// <param name="normalizeVariance">Divides by the deviation; otherwise y = x − μ. Caffe's <c>normalize_variance</c>.</param>
    /// <param name="acrossChannels">Takes one mean and one deviation for all channels. Caffe's <c>across_channels</c>.</param>
    /// <param name="epsilon">What is added to the deviation, ε; greater than 0.</param>
    [Block]
    public static Layer MVN(bool normalizeVariance = true, bool acrossChannels = false, float epsilon = 1e-9f)
    {
        if (!(epsilon > 0))
        {
            throw new ArgumentException($"epsilon is {epsilon}; it must be greater than 0", nameof(epsilon));
        }

        return x =>
        {
            var rows = acrossChannels ? Reshape(x, [1, -1]) : x;
            var y = normalizeVariance ? Standardize(rows, 0, epsilon) : Center(rows);
            return acrossChannels ? Reshape(y, SizesOf(x)) : y;
        };
    }

    /// <summary>Each channel of each sample less its mean: [N, C, …] to the same.</summary>
    [Operator("[N, C, *S] -> [N, C, *S]", Kernel = typeof(CenterKernel), Channelwise = true)]
    public static Tensor Center(Tensor x) => throw new NotExecutableException();
}

/// <summary>Channels less their mean.</summary>
public static class CenterKernel
{
    /// <summary>y[c, s] = x[c, s] − mean(x[c]) for all s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView>(TView x, TView y, int c, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var mean = ChannelMeanKernel.Forward<T, TView>(x, c, S);
        for (var i = c * S; i < (c + 1) * S; i++)
        {
            y[i] = x[i] - mean;
        }
    }

    /// <summary>dx[c, s] = dy[c, s] − mean(dy[c]).</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient<T, TView>(TView dy, TView dx, int c, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => Forward<T, TView>(dy, dx, c, S);
}
