using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Batch normalisation of [N, C, …] (Ioffe and Szegedy 2015), as Caffe's BatchNorm: y = (x − mean[c]) / √(variance[c] + ε). A training step takes mean and variance of
    /// each channel over the batch and all positions; a prediction takes running ones. It has no factors of its own: put <c>Scale(bias: true)</c> behind it.
    /// </summary>
    /// <remarks>
    /// The running statistics are three parameters that no solver touches: <c>mean</c> and <c>variance</c>, [C], are sums that each step multiplies by
    /// <paramref name="momentum"/> before it adds the batch's (the variance times m/(m − 1), where m values are averaged), and <c>factor</c>, [1], counts them in the
    /// same way: what a prediction uses is their quotient, and before the first step mean and variance are 0.
    /// </remarks>
    /// <param name="momentum">What remains of the sums at each step: Caffe's <c>moving_average_fraction</c>.</param>
    /// <param name="epsilon">What is added to the variance; greater than 0.</param>
    /// <param name="useGlobalStatistics">Training, too, takes the running statistics and leaves them alone: for fine-tuning with few samples. Caffe's <c>use_global_stats</c>.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer BatchNorm(float momentum = 0.999f, float epsilon = 1e-5f, bool useGlobalStatistics = false, string? name = null) => useGlobalStatistics
        ? GlobalBatchNorm(epsilon, name)
        : x =>
        {
            var mean = MeanOverBatch(ChannelMean(x));
            var variances = ChannelVariance(x, mean);
            return BatchNorm(x, mean, MeanOverBatch(variances), SumOverBatch(Affine(variances, 0, 1)), momentum, epsilon, name);
        };

    /// <summary>As <see cref="BatchNorm(float, float, bool, string?)"/>, by statistics that are given. The gradient by x counts what x does to them.</summary>
    /// <param name="x">The input.</param>
    /// <param name="batchMean">The mean of each channel over the batch.</param>
    /// <param name="batchVariance">Its variance.</param>
    /// <param name="samples">The number of samples, for each channel.</param>
    /// <param name="momentum">What remains of the running sums at each step.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <param name="name">The layer's name.</param>
    [Operator("[N, C, *S], [C], [C], [C] -> [N, C, *S]", Kernel = typeof(BatchNormKernel), Fusion = Fusion.Injective, Channelwise = true)]
    [Weight("mean", "[K = C]", Initializer.Zeros, Frozen = true)]
    [Weight("variance", "[K = C]", Initializer.Zeros, Frozen = true)]
    [Weight("factor", "[1]", Initializer.Zeros, Frozen = true)]
    [Requires("momentum >= 0 && momentum <= 1", "the momentum is {momentum}; it must be from 0 to 1", Argument = "momentum")]
    [Requires("epsilon > 0", "epsilon is {epsilon}; it must be greater than 0", Argument = "epsilon")]
    public static Tensor BatchNorm(Tensor x, Tensor batchMean, Tensor batchVariance, Tensor samples, float momentum, float epsilon, string? name = null) =>
        throw new NotExecutableException();

    /// <summary>Batch normalisation by running statistics, in training too: see <see cref="BatchNorm(float, float, bool, string?)"/>.</summary>
    /// <param name="epsilon">What is added to the variance; greater than 0.</param>
    /// <param name="name">The layer's name.</param>
    [Operator("[N, C, *S] -> [N, C, *S]", Kernel = typeof(GlobalBatchNormKernel), Fusion = Fusion.Injective, Channelwise = true)]
    [Weight("mean", "[K = C]", Initializer.Zeros, Frozen = true)]
    [Weight("variance", "[K = C]", Initializer.Zeros, Frozen = true)]
    [Weight("factor", "[1]", Initializer.Zeros, Frozen = true)]
    [Requires("epsilon > 0", "epsilon is {epsilon}; it must be greater than 0", Argument = "epsilon")]
    public static Layer GlobalBatchNorm(float epsilon = 1e-5f, string? name = null) => throw new NotExecutableException();
}

/// <summary>Batch normalisation by the statistics of the batch; a prediction takes the running ones.</summary>
public static class BatchNormKernel
{
    /// <summary>y[c, s] = (x[c, s] − batchMean[c]) / √(batchVariance[c] + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TMean, TVariance>(TView x, TMean batchMean, TVariance batchVariance, int c, int s, int S, float epsilon)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TMean : struct, IView<T>
        where TVariance : struct, IView<T> => (x[c * S + s] - batchMean[c]) / T.Sqrt(batchVariance[c] + T.Create(epsilon));

    /// <summary>1 / √(variance[c] / factor + ε): what a prediction multiplies by.</summary>
    [ChannelSlope]
    public static float Slope(float variance, float factor, float epsilon) => GlobalBatchNormKernel.Slope(variance, factor, epsilon);

    /// <summary>−mean[c] / factor · slope: what it adds.</summary>
    [ChannelIntercept]
    public static float Intercept(float mean, float factor, float slope) => GlobalBatchNormKernel.Intercept(mean, factor, slope);

    /// <summary>One sample's part of dbatchMean[c] = −Σ dy[c, s] / √(batchVariance[c] + ε).</summary>
    [GradientOf("batchMean")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MeanGradient<T, TView, TVariance>(TView dy, TVariance batchVariance, int c, int S, float epsilon)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TVariance : struct, IView<T> => -ScaleKernel.BiasGradient<T, TView>(dy, c, S) / T.Sqrt(batchVariance[c] + T.Create(epsilon));

    /// <summary>One sample's part of dbatchVariance[c] = −Σ dy[c, s] y[c, s] / (2 (batchVariance[c] + ε)).</summary>
    [GradientOf("batchVariance")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T VarianceGradient<T, TView, TVariance>(TView dy, TView y, TVariance batchVariance, int c, int S, float epsilon)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TVariance : struct, IView<T> =>
        T.Create(-0.5f) * ScaleKernel.WeightGradient<T, TView>(dy, y, c, S) / (batchVariance[c] + T.Create(epsilon));

    /// <summary>
    /// dx[c, s] = dy[c, s] / σ[c] + (dbatchMean[c] + 2 dbatchVariance[c] (x[c, s] − batchMean[c])) / m with σ² = batchVariance + ε, x − batchMean = σ y and m values a
    /// channel: the gradient through the statistics is in it, and x need not be kept.
    /// </summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView, TVariance, TSamples, TMeanGradient, TVarianceGradient>(
        TView dy, TView y, TVariance batchVariance, TSamples samples, TMeanGradient dbatchMean, TVarianceGradient dbatchVariance, int c, int s, int S, float epsilon)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TVariance : struct, IView<T>
        where TSamples : struct, IView<T>
        where TMeanGradient : struct, IView<T>
        where TVarianceGradient : struct, IView<T>
    {
        var deviation = T.Sqrt(batchVariance[c] + T.Create(epsilon));
        var shared = T.MultiplyAdd(T.Create(2) * dbatchVariance[c] * deviation, y[c * S + s], dbatchMean[c]);
        return dy[c * S + s] / deviation + shared / (samples[c] * T.Create(S));
    }

    /// <summary>The running sum of the means.</summary>
    [UpdateOf("mean")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NextMean<T, TMean, TBatchMean>(TMean mean, TBatchMean batchMean, int k, float momentum)
        where T : struct, ILanes<T>
        where TMean : struct, IView<T>
        where TBatchMean : struct, IView<T> => T.MultiplyAdd(T.Create(momentum), mean[k], batchMean[k]);

    /// <summary>The running sum of the unbiased variances.</summary>
    [UpdateOf("variance")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NextVariance<T, TVariance, TBatchVariance, TSamples>(TVariance variance, TBatchVariance batchVariance, TSamples samples, int k, int S, float momentum)
        where T : struct, ILanes<T>
        where TVariance : struct, IView<T>
        where TBatchVariance : struct, IView<T>
        where TSamples : struct, IView<T> =>
        T.MultiplyAdd(T.Create(momentum), variance[k], Unbiased(batchVariance[k], samples[k] * T.Create(S)));

    /// <summary>The running count.</summary>
    [UpdateOf("factor")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NextFactor<T, TFactor>(TFactor factor, float momentum)
        where T : struct, ILanes<T>
        where TFactor : struct, IView<T> => T.MultiplyAdd(T.Create(momentum), factor[0], T.Create(1));

    /// <summary>variance · m/(m − 1), or the variance itself where there is one value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Unbiased<T>(T variance, T count)
        where T : struct, ILanes<T> => variance * count / T.Max(count - T.Create(1), T.Create(1));
}

/// <summary>Batch normalisation by running statistics.</summary>
public static class GlobalBatchNormKernel
{
    /// <summary>y[c, s] = (x[c, s] − mean[c] / factor) / √(variance[c] / factor + ε); with a factor of 0, mean and variance are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TMean, TVariance, TFactor>(TView x, TMean mean, TVariance variance, TFactor factor, int c, int s, int S, float epsilon)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TMean : struct, IView<T>
        where TVariance : struct, IView<T>
        where TFactor : struct, IView<T> =>
        (x[c * S + s] - Share<T>(factor[0]) * mean[c]) / Deviation<T>(variance[c], factor[0], epsilon);

    /// <summary>1 / √(variance / factor + ε).</summary>
    [ChannelSlope]
    public static float Slope(float variance, float factor, float epsilon) => 1 / MathF.Sqrt(MathF.FusedMultiplyAdd(ShareOf(factor), variance, epsilon));

    /// <summary>−mean / factor · slope.</summary>
    [ChannelIntercept]
    public static float Intercept(float mean, float factor, float slope) => -(ShareOf(factor) * mean * slope);

    /// <summary>1 / factor; before the first step 0.</summary>
    public static float ShareOf(float factor) => factor == 0 ? 0 : 1 / factor;

    /// <summary>dx[c, s] = dy[c, s] / √(variance[c] / factor + ε).</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView, TVariance, TFactor>(TView dy, TVariance variance, TFactor factor, int c, int s, int S, float epsilon)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TVariance : struct, IView<T>
        where TFactor : struct, IView<T> => dy[c * S + s] / Deviation<T>(variance[c], factor[0], epsilon);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Deviation<T>(T variance, T factor, float epsilon)
        where T : struct, ILanes<T> => T.Sqrt(T.MultiplyAdd(Share<T>(factor), variance, T.Create(epsilon)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Share<T>(T factor)
        where T : struct, ILanes<T> => T.Select(T.Equal(factor, T.Create(0)), T.Create(0), T.Create(1) / factor);
}
