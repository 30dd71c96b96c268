using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>The softmax over the channels (axis 1), y = e^x / Σ e^x, computed from the differences to the largest.</summary>
    [Operator("[N, C, *S] -> [N, C, *S]", Kernel = typeof(SoftmaxKernel))]
    public static Tensor Softmax(Tensor x) => throw new NotExecutableException();
}

/// <summary>The softmax over channels.</summary>
public static class SoftmaxKernel
{
    /// <summary>The probabilities at position s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView>(TView x, TView y, int s, int C, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var largest = x[s];
        for (var c = 1; c < C; c++)
        {
            largest = T.Max(largest, x[c * S + s]);
        }

        var sum = T.Create(0);
        for (var c = 0; c < C; c++)
        {
            var e = LanesMath.Exp(x[c * S + s] - largest);
            y[c * S + s] = e;
            sum += e;
        }

        var scale = T.Create(1) / sum;
        for (var c = 0; c < C; c++)
        {
            y[c * S + s] *= scale;
        }
    }

    /// <summary>dx[c] = y[c] (dy[c] − Σ dy y) at position s.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient<T, TView>(TView dy, TView y, TView dx, int s, int C, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var dot = T.Create(0);
        for (var c = 0; c < C; c++)
        {
            dot = T.MultiplyAdd(dy[c * S + s], y[c * S + s], dot);
        }

        for (var c = 0; c < C; c++)
        {
            dx[c * S + s] = y[c * S + s] * (dy[c * S + s] - dot);
        }
    }
}
