using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// A fully connected layer applied to every index of the axes in front of <paramref name="axis"/>: Caffe's InnerProduct with <c>axis</c>. With axis 2, [N, R, …] to
    /// [N, R, units]: the same layer for each step of a sequence.
    /// </summary>
    /// <param name="units">Outputs.</param>
    /// <param name="axis">The first axis that is flattened, counted with the batch as axis 0.</param>
    /// <param name="bias">Adds a trained constant to each output.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer Dense(int units, int axis, bool bias = true, string? name = null) =>
        axis == 1 ? Dense(units, bias, name)
        : axis == 2 ? DenseRows(units, bias, name)
        : x =>
        {
            RequireAxis(x, axis);
            var rows = 1;
            var sizes = new int[axis];
            for (var i = 1; i < axis; i++)
            {
                rows *= x.Shape[i];
                sizes[i - 1] = x.Shape[i];
            }

            sizes[axis - 1] = units;
            return x | Reshape(rows, -1) | DenseRows(units, bias, name) | Reshape(sizes);
        };

    /// <summary>A fully connected layer applied to each row: [N, R, …] to [N, R, units].</summary>
    /// <param name="units">Outputs.</param>
    /// <param name="bias">Adds a trained constant to each output.</param>
    /// <param name="name">The layer's name.</param>
    [Operator(
        "[N, R, *S] -> [N, R, U = units]",
        Kernel = typeof(DenseRowsKernel),
        Fusion = Fusion.Anchor,
        Anchor = Anchor.RowProduct,
        MultiplyAdds = "R*U*S")]
    [Weight("weight", "[U = units, K = S]", Initializer.Xavier)]
    [Weight("bias", "[U = units]", Initializer.Zeros, When = "bias")]
    [Requires("units > 0", "units is {units}; a dense layer needs at least 1", Argument = "units")]
    public static Layer DenseRows(int units, bool bias = true, string? name = null) => throw new NotExecutableException();
}

/// <summary>The matrix product of each row, one result element a call.</summary>
public static class DenseRowsKernel
{
    /// <summary>y[r, u] = bias[u] + Σ weight[u, s] x[r, s].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TWeight, TBias>(TView x, TWeight weight, TBias bias, int r, int u, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TWeight : struct, IView<T>
        where TBias : struct, IView<T>
    {
        var sum = bias[u];
        for (var s = 0; s < S; s++)
        {
            sum = T.MultiplyAdd(weight[u * S + s], x[r * S + s], sum);
        }

        return sum;
    }

    /// <summary>dx[r, s] = Σ weight[u, s] dy[r, u], by the flat index: it reads the weight at its own position, which no coordinate s may.</summary>
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
            sum = T.MultiplyAdd(weight[u * S + i % S], dy[i / S * U + u], sum);
        }

        return sum;
    }

    /// <summary>One sample's part of dweight[u, k] = Σ dy[r, u] x[r, k].</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(TView dy, TView x, int u, int k, int R, int U, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var r = 0; r < R; r++)
        {
            sum = T.MultiplyAdd(dy[r * U + u], x[r * S + k], sum);
        }

        return sum;
    }

    /// <summary>One sample's part of dbias[u] = Σ dy[r, u].</summary>
    [GradientOf("bias")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T BiasGradient<T, TView>(TView dy, int u, int R, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var r = 0; r < R; r++)
        {
            sum += dy[r * U + u];
        }

        return sum;
    }
}
