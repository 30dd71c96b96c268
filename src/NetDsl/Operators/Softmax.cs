using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>The softmax over the channels (axis 1), y = e^x / Σ e^x, computed from the differences to the largest.</summary>
    [Operator("[N, C, *S] -> [N, C, *S]", Kernel = typeof(SoftmaxKernel))]
    public static Tensor Softmax(Tensor x) => throw new NotExecutableException();

    /// <summary>The softmax along another axis: Caffe's Softmax with <c>axis</c>.</summary>
    /// <param name="axis">The axis, counted with the batch as axis 0.</param>
    [Block]
    public static Layer Softmax(int axis) => x =>
    {
        RequireAxis(x, axis);
        var (before, behind) = (1, 1);
        for (var i = 1; i < x.Shape.Count; i++)
        {
            (before, behind) = (i < axis ? before * x.Shape[i] : before, i > axis ? behind * x.Shape[i] : behind);
        }

        return axis == 1 ? Softmax(x) : Reshape(SoftmaxAlong(Reshape(x, [before, x.Shape[axis], behind])), SizesOf(x));
    };

    /// <summary>The softmax along the second axis behind the batch.</summary>
    [Operator("[N, P, C, S] -> [N, P, C, S]", Kernel = typeof(SoftmaxAlongKernel))]
    public static Tensor SoftmaxAlong(Tensor x) => throw new NotExecutableException();

    /// <summary>The sizes behind the batch.</summary>
    [Block]
    public static int[] SizesOf(Tensor x)
    {
        var sizes = new int[x.Shape.Count - 1];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = x.Shape[i + 1];
        }

        return sizes;
    }
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

/// <summary>The softmax over an axis in the middle: [P, C, S].</summary>
public static class SoftmaxAlongKernel
{
    /// <summary>The probabilities at position (p, s). Row p of the tensor lies as if it were p · C · S positions on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView>(TView x, TView y, int p, int s, int C, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => SoftmaxKernel.Forward<T, TView>(x, y, p * C * S + s, C, S);

    /// <summary>dx[c] = y[c] (dy[c] − Σ dy y) at position (p, s).</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient<T, TView>(TView dy, TView y, TView dx, int p, int s, int C, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => SoftmaxKernel.InputGradient<T, TView>(dy, y, dx, p * C * S + s, C, S);
}
