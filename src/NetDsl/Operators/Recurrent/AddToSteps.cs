using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>Adds one vector to every step of a sequence: [N, T, U] and [N, U] to [N, T, U].</summary>
    /// <param name="x">The sequence.</param>
    /// <param name="term">The vector.</param>
    [Operator("[N, Time, U], [N, U] -> [N, Time, U]", Kernel = typeof(AddToStepsKernel), Fusion = Fusion.Injective)]
    public static Tensor AddToSteps(Tensor x, Tensor term) => throw new NotExecutableException();
}

/// <summary>The same vector in every step.</summary>
public static class AddToStepsKernel
{
    /// <summary>y[time, u] = x[time, u] + term[u].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView x, TView term, int time, int u, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => x[time * U + u] + term[u];

    /// <summary>dx = dy.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView>(TView dy, int time, int u, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => dy[time * U + u];

    /// <summary>dterm[u] = Σ dy[time, u].</summary>
    [GradientOf("term")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T TermGradient<T, TView>(TView dy, int u, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var time = 0; time < Time; time++)
        {
            sum += dy[time * U + u];
        }

        return sum;
    }
}
