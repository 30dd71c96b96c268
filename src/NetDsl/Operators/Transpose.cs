using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Exchanges two axes: [N, A, B] to [N, B, A]. Losses and metrics have classes on axis 1: what scores each step of a sequence, [N, T, C], is turned round for them, where Caffe's have
    /// an <c>axis</c>.
    /// </summary>
    [Operator("[N, A, B] -> [N, B, A]", Kernel = typeof(TransposeKernel), Fusion = Fusion.Injective)]
    public static Tensor Transpose(Tensor x) => throw new NotExecutableException();
}

/// <summary>A matrix turned round.</summary>
public static class TransposeKernel
{
    /// <summary>y[b, a] = x[a, b].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView x, int b, int a, int B)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => x[a * B + b];

    /// <summary>dx[a, b] = dy[b, a].</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView>(TView dy, int a, int b, int A)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => dy[b * A + a];
}
