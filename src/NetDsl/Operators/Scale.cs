using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>Multiplies each channel of [N, C, …] by a trained factor, and adds a trained constant if asked: y = weight[c] x + bias[c]. Caffe's Scale. Factors start at 1.</summary>
    /// <param name="bias">Adds a trained constant to each channel.</param>
    /// <param name="name">The layer's name.</param>
    [Operator("[N, C, *S] -> [N, C, *S]", Kernel = typeof(ScaleKernel), Fusion = Fusion.Injective, Channelwise = true)]
    [Weight("weight", "[K = C]", Initializer.Ones)]
    [Weight("bias", "[K = C]", Initializer.Zeros, When = "bias")]
    public static Layer Scale(bool bias = false, string? name = null) => throw new NotExecutableException();

    /// <summary>Adds a trained constant to each channel of [N, C, …]: y = x + bias[c]. Caffe's Bias.</summary>
    /// <param name="name">The layer's name.</param>
    [Operator("[N, C, *S] -> [N, C, *S]", Kernel = typeof(BiasKernel), Fusion = Fusion.Injective, Channelwise = true)]
    [Weight("bias", "[K = C]", Initializer.Zeros)]
    public static Layer Bias(string? name = null) => throw new NotExecutableException();

    /// <summary>Multiplies each channel by a number of its own: [N, C, …] and [N, C] to [N, C, …]. Caffe's Scale with two bottoms.</summary>
    /// <param name="x">The input.</param>
    /// <param name="factor">The factors.</param>
    [Operator("[N, C, *S], [N, C] -> [N, C, *S]", Kernel = typeof(ChannelProductKernel), Fusion = Fusion.Injective, Channelwise = true)]
    public static Tensor Scale(Tensor x, Tensor factor) => throw new NotExecutableException();

    /// <summary>Adds a number of its own to each channel: [N, C, …] and [N, C] to [N, C, …]. Caffe's Bias with two bottoms.</summary>
    /// <param name="x">The input.</param>
    /// <param name="term">The numbers.</param>
    [Operator("[N, C, *S], [N, C] -> [N, C, *S]", Kernel = typeof(ChannelSumKernel), Fusion = Fusion.Injective, Channelwise = true)]
    public static Tensor Bias(Tensor x, Tensor term) => throw new NotExecutableException();
}

/// <summary>Trained factors and constants of channels.</summary>
public static class ScaleKernel
{
    /// <summary>y[c, s] = weight[c] x[c, s] + bias[c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TWeight, TBias>(TView x, TWeight weight, TBias bias, int c, int s, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TWeight : struct, IView<T>
        where TBias : struct, IView<T> => T.MultiplyAdd(weight[c], x[c * S + s], bias[c]);

    /// <summary>weight[c].</summary>
    [ChannelSlope]
    public static float Slope(float weight) => weight;

    /// <summary>bias[c].</summary>
    [ChannelIntercept]
    public static float Intercept(float bias) => bias;

    /// <summary>dx[c, s] = weight[c] dy[c, s].</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView, TWeight>(TView dy, TWeight weight, int c, int s, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TWeight : struct, IView<T> => weight[c] * dy[c * S + s];

    /// <summary>One sample's part of dweight[k] = Σ dy[k, s] x[k, s].</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(TView dy, TView x, int k, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var i = k * S; i < (k + 1) * S; i++)
        {
            sum = T.MultiplyAdd(dy[i], x[i], sum);
        }

        return sum;
    }

    /// <summary>One sample's part of dbias[k] = Σ dy[k, s].</summary>
    [GradientOf("bias")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T BiasGradient<T, TView>(TView dy, int k, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var i = k * S; i < (k + 1) * S; i++)
        {
            sum += dy[i];
        }

        return sum;
    }
}

/// <summary>Trained constants of channels.</summary>
public static class BiasKernel
{
    /// <summary>y[c, s] = x[c, s] + bias[c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TBias>(TView x, TBias bias, int c, int s, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TBias : struct, IView<T> => x[c * S + s] + bias[c];

    /// <summary>bias[c].</summary>
    [ChannelIntercept]
    public static float Intercept(float bias) => bias;

    /// <summary>dx = dy.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView>(TView dy, int i)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => dy[i];

    /// <summary>One sample's part of dbias[k] = Σ dy[k, s].</summary>
    [GradientOf("bias")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T BiasGradient<T, TView>(TView dy, int k, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => ScaleKernel.BiasGradient<T, TView>(dy, k, S);
}

/// <summary>A factor for each channel of each sample.</summary>
public static class ChannelProductKernel
{
    /// <summary>y[c, s] = factor[c] x[c, s].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TFactor>(TView x, TFactor factor, int c, int s, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TFactor : struct, IView<T> => factor[c] * x[c * S + s];

    /// <summary>dx[c, s] = factor[c] dy[c, s].</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView, TFactor>(TView dy, TFactor factor, int c, int s, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TFactor : struct, IView<T> => factor[c] * dy[c * S + s];

    /// <summary>dfactor[c] = Σ dy[c, s] x[c, s].</summary>
    [GradientOf("factor")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FactorGradient<T, TView>(TView dy, TView x, int c, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => ScaleKernel.WeightGradient<T, TView>(dy, x, c, S);
}

/// <summary>A term for each channel of each sample.</summary>
public static class ChannelSumKernel
{
    /// <summary>y[c, s] = x[c, s] + term[c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TTerm>(TView x, TTerm term, int c, int s, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TTerm : struct, IView<T> => x[c * S + s] + term[c];

    /// <summary>dx = dy.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView>(TView dy, int i)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => dy[i];

    /// <summary>dterm[c] = Σ dy[c, s].</summary>
    [GradientOf("term")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T TermGradient<T, TView>(TView dy, int c, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => ScaleKernel.BiasGradient<T, TView>(dy, c, S);
}
