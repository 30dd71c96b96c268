using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The numbers of the <paramref name="top"/> largest elements along an axis, largest first, of equal ones the last first: Caffe's ArgMax with <c>axis</c> and <c>top_k</c>. The axis has
    /// <paramref name="top"/> elements then. Numbers have no gradient; values have that of the elements they are, which Caffe does not.
    /// </summary>
    /// <param name="top">How many.</param>
    /// <param name="axis">The axis, counted with the batch as axis 0.</param>
    /// <param name="values">Gives the elements themselves in place of their numbers: <c>out_max_val</c>.</param>
    [Block]
    public static Layer ArgMax(int top, int axis, bool values = false) => x =>
    {
        RequireAxis(x, axis);
        var (before, behind) = (1, 1);
        for (var i = 1; i < x.Shape.Count; i++)
        {
            (before, behind) = (i < axis ? before * x.Shape[i] : before, i > axis ? behind * x.Shape[i] : behind);
        }

        var rows = Reshape(x, [before, x.Shape[axis], behind]);
        RequireTop(top, rows);
        var sizes = SizesOf(x);
        sizes[axis - 1] = top;
        return Reshape(values ? LargestValues(rows, top) : LargestNumbers(rows, top), sizes);
    };

    /// <summary>
    /// The numbers of the <paramref name="top"/> largest elements of each sample, counted row by row: [N, …] to [N, 1, top], or with the elements themselves behind them to [N, 2, top]. Caffe's
    /// ArgMax without <c>axis</c>.
    /// </summary>
    /// <param name="top">How many.</param>
    /// <param name="values">Gives the elements too: <c>out_max_val</c>.</param>
    [Block]
    public static Layer ArgMax(int top, bool values = false) => x =>
    {
        var row = Reshape(x, [1, -1, 1]);
        RequireTop(top, row);
        var numbers = Reshape(LargestNumbers(row, top), [1, top]);
        return values ? Concat(numbers, Reshape(LargestValues(row, top), [1, top])) : numbers;
    };

    /// <summary>Fails while compiling where [N, P, C, S] has no so many elements on its second axis.</summary>
    [Block]
    public static void RequireTop(int top, Tensor rows)
    {
        if (top < 1 || top > rows.Shape[2])
        {
            throw new ArgumentException($"top is {top}; it must lie between 1 and the {rows.Shape[2]} elements", nameof(top));
        }
    }

    /// <summary>The numbers of the largest elements along the second axis behind the batch. No gradient.</summary>
    [Operator("[N, P, C, S] -> [N, P, K = top, S]", Kernel = typeof(LargestNumbersKernel))]
    [Requires("top >= 1 && top <= C", "top is {top}; it must lie between 1 and the {C} elements", Argument = "top")]
    public static Tensor LargestNumbers(Tensor x, int top) => throw new NotExecutableException();

    /// <summary>The largest elements along the second axis behind the batch.</summary>
    [Operator("[N, P, C, S] -> [N, P, K = top, S]", Kernel = typeof(LargestValuesKernel))]
    [Requires("top >= 1 && top <= C", "top is {top}; it must lie between 1 and the {C} elements", Argument = "top")]
    public static Tensor LargestValues(Tensor x, int top) => throw new NotExecutableException();
}

/// <summary>The numbers of the largest elements, one after the other: an element is next if none that is left is larger, or equal and behind it.</summary>
public static class LargestNumbersKernel
{
    /// <summary>y[p, k, s] = the number of the element of x[p, ·, s] that k others come before; −1 where not enough are numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView>(TView x, TView y, int p, int s, int C, int S, int top)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var (value, number) = (T.Create(float.PositiveInfinity), T.Create(C));
        for (var k = 0; k < top; k++)
        {
            number = Next(x, p, s, C, S, value, number);
            value = At(x, p, s, C, S, number);
            y[(p * top + k) * S + s] = number;
        }
    }

    /// <summary>The number of the element that comes next behind one of this value and number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Next<T, TView>(TView x, int p, int s, int C, int S, T value, T number)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var (largest, next) = (T.Create(float.NegativeInfinity), T.Create(-1));
        for (var c = 0; c < C; c++)
        {
            var element = x[(p * C + c) * S + s];
            var isLeft = T.Or(T.Greater(value, element), T.And(T.Equal(value, element), T.Greater(number, T.Create(c))));
            var isNext = T.And(isLeft, T.GreaterOrEqual(element, largest));
            largest = T.Select(isNext, element, largest);
            next = T.Select(isNext, T.Create(c), next);
        }

        return next;
    }

    /// <summary>The element of a number; of −1, negative infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T At<T, TView>(TView x, int p, int s, int C, int S, T number)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var value = T.Create(float.NegativeInfinity);
        for (var c = 0; c < C; c++)
        {
            value = T.Select(T.Equal(number, T.Create(c)), x[(p * C + c) * S + s], value);
        }

        return value;
    }
}

/// <summary>The largest elements, and the gradient to where they were.</summary>
public static class LargestValuesKernel
{
    /// <summary>y[p, k, s] = the element of x[p, ·, s] that k others come before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView>(TView x, TView y, int p, int s, int C, int S, int top)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var (value, number) = (T.Create(float.PositiveInfinity), T.Create(C));
        for (var k = 0; k < top; k++)
        {
            number = LargestNumbersKernel.Next(x, p, s, C, S, value, number);
            value = LargestNumbersKernel.At(x, p, s, C, S, number);
            y[(p * top + k) * S + s] = value;
        }
    }

    /// <summary>dx[p, c, s] = dy[p, k, s] where c is the number of the k-th largest, 0 elsewhere.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient<T, TView>(TView dy, TView x, TView dx, int p, int s, int C, int S, int top)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        for (var c = 0; c < C; c++)
        {
            dx[(p * C + c) * S + s] = T.Create(0);
        }

        var (value, number) = (T.Create(float.PositiveInfinity), T.Create(C));
        for (var k = 0; k < top; k++)
        {
            number = LargestNumbersKernel.Next(x, p, s, C, S, value, number);
            value = LargestNumbersKernel.At(x, p, s, C, S, number);
            for (var c = 0; c < C; c++)
            {
                dx[(p * C + c) * S + s] += T.Select(T.Equal(number, T.Create(c)), dy[(p * top + k) * S + s], T.Create(0));
            }
        }
    }
}
