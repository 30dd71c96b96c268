using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Layer normalisation (Ba, Kiros and Hinton 2016): y = weight (x − μ) / √(σ² + ε) + bias, with μ and σ² over all elements from an axis on, and a trained factor and constant for
    /// each of these elements. With axis 1 over a whole sample; for a sequence [N, T, U] with axis 2 over each step.
    /// </summary>
    /// <param name="axis">The first axis that is normalised over, counted with the batch as axis 0.</param>
    /// <param name="epsilon">What is added to the variance, ε; greater than 0.</param>
    /// <param name="affine">Has factors and constants: <c>weight</c> starts at 1, <c>bias</c> at 0; both lie flat, [K] for K elements.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer LayerNorm(int axis = 1, float epsilon = 1e-5f, bool affine = true, string? name = null)
    {
        if (!(epsilon > 0))
        {
            throw new ArgumentException($"epsilon is {epsilon}; it must be greater than 0", nameof(epsilon));
        }

        return x =>
        {
            RequireAxis(x, axis);
            var rows = 1;
            for (var i = 1; i < axis; i++)
            {
                rows *= x.Shape[i];
            }

            var y = Standardize(Reshape(x, [rows, -1]), epsilon, 0);
            return Reshape(affine ? LayerNorm(y, name) : y, SizesOf(x));
        };
    }

    /// <summary>Multiplies each element of a row by a trained factor and adds a trained constant: [N, P, S] to the same.</summary>
    /// <param name="x">Rows that are standardised.</param>
    /// <param name="name">The layer's name.</param>
    [Operator("[N, P, S] -> [N, P, S]", Kernel = typeof(LayerNormKernel), Fusion = Fusion.Injective)]
    [Weight("weight", "[K = S]", Initializer.Ones)]
    [Weight("bias", "[K = S]", Initializer.Zeros)]
    public static Tensor LayerNorm(Tensor x, string? name = null) => throw new NotExecutableException();
}

/// <summary>Trained factors and constants of a row's elements.</summary>
public static class LayerNormKernel
{
    /// <summary>y[p, s] = weight[s] x[p, s] + bias[s].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TWeight, TBias>(TView x, TWeight weight, TBias bias, int p, int s, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TWeight : struct, IView<T>
        where TBias : struct, IView<T> => T.MultiplyAdd(weight[s], x[p * S + s], bias[s]);

    /// <summary>dx[p, s] = weight[s] dy[p, s].</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView, TWeight>(TView dy, TWeight weight, int p, int s, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TWeight : struct, IView<T> => weight[s] * dy[p * S + s];

    /// <summary>One sample's part of dweight[k] = Σ dy[p, k] x[p, k].</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(TView dy, TView x, int k, int P, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var p = 0; p < P; p++)
        {
            sum = T.MultiplyAdd(dy[p * S + k], x[p * S + k], sum);
        }

        return sum;
    }

    /// <summary>One sample's part of dbias[k] = Σ dy[p, k].</summary>
    [GradientOf("bias")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T BiasGradient<T, TView>(TView dy, int k, int P, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var p = 0; p < P; p++)
        {
            sum += dy[p * S + k];
        }

        return sum;
    }
}
