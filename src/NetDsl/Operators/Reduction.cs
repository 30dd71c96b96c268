using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

/// <summary>How numbers become one: Caffe's <c>ReductionParameter.operation</c>.</summary>
public enum ReductionOperation
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The sum of their absolute values.</summary>
    AbsoluteSum,

    /// <summary>The sum of their squares.</summary>
    SquareSum,

    /// <summary>Their mean.</summary>
    Mean,
}

public static partial class Layers
{
    /// <summary>
    /// One number for all elements behind an axis: Caffe's Reduction. With axis 1, [N, …] to [N]; with axis 2, [N, C, …] to [N, C].
    /// </summary>
    /// <param name="operation">How.</param>
    /// <param name="axis">The first axis that is reduced, counted with the batch as axis 0.</param>
    /// <param name="coefficient">A factor of the result.</param>
    [Block]
    public static Layer Reduction(ReductionOperation operation = ReductionOperation.Sum, int axis = 1, float coefficient = 1) => x =>
    {
        RequireAxis(x, axis);
        var (kept, count) = (1, 1);
        for (var i = 1; i < x.Shape.Count; i++)
        {
            (kept, count) = i < axis ? (kept * x.Shape[i], count) : (kept, count * x.Shape[i]);
        }

        var terms = operation switch
        {
            ReductionOperation.AbsoluteSum => AbsVal(x),
            ReductionOperation.SquareSum => x * x,
            _ => x,
        };
        var factor = operation == ReductionOperation.Mean ? coefficient / count : coefficient;
        if (axis == 1)
        {
            return factor * SampleSum(terms);
        }

        var sizes = new int[axis - 1];
        for (var i = 0; i < axis - 1; i++)
        {
            sizes[i] = x.Shape[i + 1];
        }

        return factor * Reshape(ChannelSum(Reshape(terms, [kept, count])), sizes);
    };

    /// <summary>The sum of each channel: [N, C, …] to [N, C].</summary>
    [Operator("[N, C, *S] -> [N, C]", Kernel = typeof(ChannelTotalKernel), Fusion = Fusion.Injective, Channelwise = true)]
    public static Tensor ChannelSum(Tensor x) => throw new NotExecutableException();
}

/// <summary>The sum over the positions of a channel.</summary>
public static class ChannelTotalKernel
{
    /// <summary>y[c] = Σ x[c, s].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView x, int c, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var i = c * S; i < (c + 1) * S; i++)
        {
            sum += x[i];
        }

        return sum;
    }

    /// <summary>dx[c, s] = dy[c].</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView>(TView dy, int c)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => dy[c];
}
