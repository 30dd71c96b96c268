using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// A fully connected layer, y = weight · x + bias, of any [N, …] to [N, units]. The input is flattened first, as in Caffe's InnerProduct.
    /// </summary>
    /// <param name="units">Outputs.</param>
    /// <param name="bias">Adds a trained constant to each output.</param>
    /// <param name="name">The layer's name.</param>
    [Operator(
        "[N, *S] -> [N, U = units]",
        Kernel = typeof(DenseKernel),
        Fusion = Fusion.Anchor,
        Anchor = Anchor.MatrixProduct,
        MultiplyAdds = "U*S")]
    [Weight("weight", "[U = units, K = S]", Initializer.Xavier)]
    [Weight("bias", "[U = units]", Initializer.Zeros, When = "bias")]
    [Requires("units > 0", "units is {units}; a dense layer needs at least 1", Argument = "units")]
    public static Layer Dense(int units, bool bias = true, string? name = null) => throw new NotExecutableException();
}

/// <summary>The matrix product, one result element a call.</summary>
public static class DenseKernel
{
    /// <summary>y[u] = bias[u] + Σ weight[u, i] x[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TWeight, TBias>(TView x, TWeight weight, TBias bias, int u, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TWeight : struct, IView<T>
        where TBias : struct, IView<T>
    {
        var sum = bias[u];
        for (var i = 0; i < S; i++)
        {
            sum = T.MultiplyAdd(weight[u * S + i], x[i], sum);
        }

        return sum;
    }

    /// <summary>dx[i] = Σ weight[u, i] dy[u].</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView, TWeight>(TView dy, TWeight weight, int i, int U, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TWeight : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var u = 0; u < U; u++)
        {
            sum = T.MultiplyAdd(weight[u * S + i], dy[u], sum);
        }

        return sum;
    }

    /// <summary>One sample's part of dweight[u, k] = dy[u] x[k].</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(TView dy, TView x, int u, int k)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => dy[u] * x[k];

    /// <summary>One sample's part of dbias[u] = dy[u].</summary>
    [GradientOf("bias")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T BiasGradient<T, TView>(TView dy, int u)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => dy[u];
}
