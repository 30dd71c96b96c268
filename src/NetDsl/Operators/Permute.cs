using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Puts the axes behind the batch into another order: axis <c>order[i]</c> of the input becomes axis i + 1 of the result. <c>Permute(2, 3, 1)</c> brings [N, C, H, W] to
    /// [N, H, W, C], as SSD's Permute with <c>order: 0 2 3 1</c> does.
    /// </summary>
    /// <param name="order">The input's axes, counted with the batch as axis 0, each once.</param>
    [Block]
    public static Layer Permute(params int[] order) => x =>
    {
        var count = x.Shape.Count - 1;
        if (order.Length != count)
        {
            throw new ArgumentException($"the order names {order.Length} axes, but there are {count} behind the batch", nameof(order));
        }

        // Neighbours change places until every axis is where it belongs.
        var axes = new int[count];
        var sizes = new int[count];
        for (var i = 0; i < count; i++)
        {
            axes[i] = i + 1;
            sizes[i] = x.Shape[i + 1];
        }

        for (var i = 0; i < count; i++)
        {
            var at = -1;
            for (var j = i; j < count; j++)
            {
                at = axes[j] == order[i] ? j : at;
            }

            if (at < 0)
            {
                throw new ArgumentException($"axis {order[i]} is named twice or does not exist; name the axes 1 to {count}, each once", nameof(order));
            }

            for (var j = at; j > i; j--)
            {
                var (before, behind) = (1, 1);
                for (var k = 0; k < count; k++)
                {
                    (before, behind) = (k < j - 1 ? before * sizes[k] : before, k > j ? behind * sizes[k] : behind);
                }

                x = ExchangeAxes(Reshape(x, [before, sizes[j - 1], sizes[j], behind]));
                (axes[j - 1], axes[j], sizes[j - 1], sizes[j]) = (axes[j], axes[j - 1], sizes[j], sizes[j - 1]);
            }
        }

        return Reshape(x, sizes);
    };

    /// <summary>Exchanges the second and the third axis behind the batch.</summary>
    [Operator("[N, P, A, B, S] -> [N, P, B, A, S]", Kernel = typeof(ExchangeAxesKernel), Fusion = Fusion.Injective)]
    public static Tensor ExchangeAxes(Tensor x) => throw new NotExecutableException();
}

/// <summary>Two neighbouring axes exchanged.</summary>
public static class ExchangeAxesKernel
{
    /// <summary>y[p, b, a, s] = x[p, a, b, s].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView x, int p, int b, int a, int s, int A, int B, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => x[((p * A + a) * B + b) * S + s];

    /// <summary>dx[p, a, b, s] = dy[p, b, a, s].</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView>(TView dy, int p, int a, int b, int s, int A, int B, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => dy[((p * B + b) * A + a) * S + s];
}
