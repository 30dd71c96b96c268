using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The parametric rectified linear unit, y = x for positive x, weight · x otherwise (He et al. 2015; Caffe's PReLU), of [N, C, …]. The slopes are trained and
    /// start at 0.25. At 0 the gradient is the slope, as in Caffe.
    /// </summary>
    /// <param name="shared">One slope for all channels instead of one for each.</param>
    /// <param name="name">The layer's name.</param>
    [Operator("[N, C, *S] -> [N, C, *S]", Kernel = typeof(PReLUKernel), Fusion = Fusion.Injective, Channelwise = true)]
    [Weight("weight", "[A = shared ? 1 : C]", Initializer.Constant, Value = 0.25f)]
    public static Layer PReLU(bool shared = false, string? name = null) => throw new NotExecutableException();
}

/// <summary>The rectified linear unit with trained slopes.</summary>
public static class PReLUKernel
{
    /// <summary>y[c, s] = x[c, s] where that is positive, weight[c] x[c, s] elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TWeight>(TView x, TWeight weight, int c, int s, int S, bool shared)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TWeight : struct, IView<T>
    {
        var value = x[c * S + s];
        return T.Select(T.Greater(value, T.Create(0)), value, weight[shared ? 0 : c] * value);
    }

    /// <summary>dx[c, s] = dy[c, s], times weight[c] where x is not positive.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView, TWeight>(TView dy, TView x, TWeight weight, int c, int s, int S, bool shared)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TWeight : struct, IView<T>
    {
        var gradient = dy[c * S + s];
        return T.Select(T.Greater(x[c * S + s], T.Create(0)), gradient, weight[shared ? 0 : c] * gradient);
    }

    /// <summary>One sample's part of dweight[a] = Σ dy x over the elements that are not positive.</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(TView dy, TView x, int a, int C, int S, bool shared)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        var count = shared ? C * S : S;
        for (var i = a * S; i < a * S + count; i++)
        {
            sum = T.MultiplyAdd(dy[i], T.Min(x[i], T.Create(0)), sum);
        }

        return sum;
    }
}
