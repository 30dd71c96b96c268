using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// A table of trained vectors, looked up by index: [N] or [N, T] ids to [N, units] or [N, T, units], y = weight[id] + bias. Caffe's Embed. The gradient is added to the
    /// rows of the table in the order of the samples, on a GPU too. An id that is no row is rejected when it is given to the network, with its sample.
    /// </summary>
    /// <param name="ids">Indices from 0 to <paramref name="classes"/> − 1.</param>
    /// <param name="classes">Rows of the table: Caffe's <c>input_dim</c>.</param>
    /// <param name="units">Elements of a vector: Caffe's <c>num_output</c>.</param>
    /// <param name="bias">Adds a trained constant to each element.</param>
    /// <param name="name">The layer's name.</param>
    [Operator("[N, *S] -> [N, *S, U = units]", Kernel = typeof(EmbedKernel), Fusion = Fusion.Injective)]
    [Weight("weight", "[C = classes, K = units]", Initializer.Xavier)]
    [Weight("bias", "[K = units]", Initializer.Zeros, When = "bias")]
    [Requires("classes > 0", "classes is {classes}; a table needs at least 1 row", Argument = "classes")]
    [Requires("units > 0", "units is {units}; a vector needs at least 1 element", Argument = "units")]
    public static Tensor Embed(Labels ids, int classes, int units, bool bias = true, string? name = null) => throw new NotExecutableException();
}

/// <summary>A table looked up by index.</summary>
public static class EmbedKernel
{
    /// <summary>y[s, u] = weight[ids[s], u] + bias[u].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView, TTable, TBias>(TView ids, TTable weight, TBias bias, int s, int u, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TTable : struct, ITableView<T>
        where TBias : struct, IView<T> => weight.Row(ids[s], U, u) + bias[u];

    /// <summary>One sample's part: dweight[ids[s], k] += dy[s, k] for a run of columns.</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WeightGradient<T, TView, TTable>(TView dy, TView ids, TTable dweight, int k, int kEnd, int S, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TTable : struct, ITableView<T>
    {
        for (var s = 0; s < S; s++)
        {
            for (var column = k; column < kEnd; column++)
            {
                dweight.AddToRow(ids[s], U, column, dy[s * U + column]);
            }
        }
    }

    /// <summary>One sample's part of dbias[k] = Σ dy[s, k].</summary>
    [GradientOf("bias")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T BiasGradient<T, TView>(TView dy, int k, int S, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var s = 0; s < S; s++)
        {
            sum += dy[s * U + k];
        }

        return sum;
    }
}
