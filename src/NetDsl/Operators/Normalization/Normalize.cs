using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// L2 normalisation of [N, C, …] (ParseNet, Liu et al. 2015; SSD's Normalize): y = x / √(Σ x² + ε), the sum over the channels at each position, or over the whole sample. SSD's
    /// factors for channels are a layer behind it: <c>Normalize() >> Fill(Scale(), Filler.Constant(20))</c>. Where all values are 0, so is y.
    /// </summary>
    /// <param name="acrossPositions">Takes one length for all positions: SSD's <c>across_spatial</c>, which is true there unless given.</param>
    /// <param name="epsilon">What is added to the sum, ε; greater than 0.</param>
    [Block]
    public static Layer Normalize(bool acrossPositions = false, float epsilon = 1e-10f)
    {
        if (!(epsilon > 0))
        {
            throw new ArgumentException($"epsilon is {epsilon}; it must be greater than 0", nameof(epsilon));
        }

        return x => acrossPositions ? Reshape(Normalize(Flatten(x), epsilon), SizesOf(x)) : Normalize(x, epsilon);
    }

    /// <summary>As <see cref="Normalize(bool, float)"/>, at each position.</summary>
    /// <param name="x">The input.</param>
    /// <param name="epsilon">What is added to the sum.</param>
    [Operator("[N, C, *S] -> [N, C, *S]", Kernel = typeof(NormalizeKernel))]
    public static Tensor Normalize(Tensor x, float epsilon) => throw new NotExecutableException();
}

/// <summary>Channels divided by their Euclidean length.</summary>
public static class NormalizeKernel
{
    /// <summary>y[c, s] = x[c, s] / √(Σ x[c, s]² + ε) at position s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView>(TView x, TView y, int s, int C, int S, float epsilon)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var scale = T.Create(1) / Length<T, TView>(x, s, C, S, epsilon);
        for (var c = 0; c < C; c++)
        {
            y[c * S + s] = x[c * S + s] * scale;
        }
    }

    /// <summary>dx[c, s] = (dy[c, s] − y[c, s] Σ dy y) / √(Σ x² + ε) at position s.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient<T, TView>(TView dy, TView x, TView y, TView dx, int s, int C, int S, float epsilon)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var dot = T.Create(0);
        for (var c = 0; c < C; c++)
        {
            dot = T.MultiplyAdd(dy[c * S + s], y[c * S + s], dot);
        }

        var scale = T.Create(1) / Length<T, TView>(x, s, C, S, epsilon);
        for (var c = 0; c < C; c++)
        {
            dx[c * S + s] = (dy[c * S + s] - y[c * S + s] * dot) * scale;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Length<T, TView>(TView x, int s, int C, int S, float epsilon)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(epsilon);
        for (var c = 0; c < C; c++)
        {
            sum = T.MultiplyAdd(x[c * S + s], x[c * S + s], sum);
        }

        return T.Sqrt(sum);
    }
}
