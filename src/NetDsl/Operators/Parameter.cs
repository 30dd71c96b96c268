using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// A trained tensor that belongs to no other layer: [N, sizes], the same for every sample, whatever the input holds. Caffe's Parameter: <c>x + (x | Parameter([12, 64]))</c> adds learnt
    /// positions to a sequence. It starts at zero, as in Caffe; <see cref="Fill"/> starts it in another way. Its gradient is the sum over the samples.
    /// </summary>
    /// <param name="sizes">The sizes behind the batch.</param>
    /// <param name="name">The layer's name.</param>
    [Operator("[N, *X] -> [N, *sizes]", Kernel = typeof(ParameterKernel), Fusion = Fusion.Injective)]
    [Weight("weight", "[*sizes]", Initializer.Zeros)]
    public static Layer Parameter(int[] sizes, string? name = null) => throw new NotExecutableException();
}

/// <summary>A trained tensor, once for each sample.</summary>
public static class ParameterKernel
{
    /// <summary>y[i] = weight[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TWeight>(TWeight weight, int i)
        where T : struct, ILanes<T>
        where TWeight : struct, IView<T> => weight[i];

    /// <summary>One sample's part of dweight[i] = dy[i].</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(TView dy, int i)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => dy[i];
}
