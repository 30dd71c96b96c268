using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The number of the largest channel at each place, the last among equals as in Caffe: [N, C, …] to [N, …]. It has no gradient. Caffe's ArgMax with
    /// <c>axis: 1</c> and <c>top_k: 1</c>, without the axis of one element; <see cref="ArgMax(int, int, bool)"/> gives several.
    /// </summary>
    [Operator("[N, C, *S] -> [N, *S]", Kernel = typeof(ArgMaxKernel), Fusion = Fusion.Injective)]
    public static Tensor ArgMax(Tensor x) => throw new NotExecutableException();
}

/// <summary>The number of the largest channel.</summary>
public static class ArgMaxKernel
{
    /// <summary>y[s] = the last c with the largest x[c, s].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView x, int s, int C, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var largest = x[s];
        var index = T.Create(0);
        for (var c = 1; c < C; c++)
        {
            var value = x[c * S + s];
            var better = T.GreaterOrEqual(value, largest);
            largest = T.Select(better, value, largest);
            index = T.Select(better, T.Create(c), index);
        }

        return index;
    }
}
