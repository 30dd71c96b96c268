using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

/// <summary>The products of hidden states and weights inside a recurrence, with several sums at once: one alone would wait for its own multiply-adds.</summary>
static class RecurrentSums
{
    /// <summary>Σ weight[row, k] x[from + k].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Row<T, TView, TWeight>(TWeight weight, int row, TView x, int from, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight>
    {
        var (a, b, c, d) = (T.Create(0), T.Create(0), T.Create(0), T.Create(0));
        weight = weight.From(row * U);
        x = x.From(from);
        var k = 0;
        for (; k + 4 <= U; k += 4)
        {
            a = T.MultiplyAdd(weight[k], x[k], a);
            b = T.MultiplyAdd(weight[k + 1], x[k + 1], b);
            c = T.MultiplyAdd(weight[k + 2], x[k + 2], c);
            d = T.MultiplyAdd(weight[k + 3], x[k + 3], d);
        }

        for (; k < U; k++)
        {
            a = T.MultiplyAdd(weight[k], x[k], a);
        }

        return (a + b) + (c + d);
    }

    /// <summary>Adds Σ weight[row, k] x[from + k] for the rows u, u + U, u + 2 U and u + 3 U.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FourRows<T, TView, TWeight>(TWeight weight, int u, TView x, int from, int U, ref T first, ref T second, ref T third, ref T fourth)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight>
    {
        var (a, b, c, d) = (first, second, third, fourth);
        var (e, f, g, h) = (T.Create(0), T.Create(0), T.Create(0), T.Create(0));
        var (one, two, three, four) = (weight.From(u * U), weight.From((U + u) * U), weight.From((2 * U + u) * U), weight.From((3 * U + u) * U));
        x = x.From(from);
        var k = 0;
        for (; k + 2 <= U; k += 2)
        {
            var even = x[k];
            a = T.MultiplyAdd(one[k], even, a);
            b = T.MultiplyAdd(two[k], even, b);
            c = T.MultiplyAdd(three[k], even, c);
            d = T.MultiplyAdd(four[k], even, d);
            var odd = x[k + 1];
            e = T.MultiplyAdd(one[k + 1], odd, e);
            f = T.MultiplyAdd(two[k + 1], odd, f);
            g = T.MultiplyAdd(three[k + 1], odd, g);
            h = T.MultiplyAdd(four[k + 1], odd, h);
        }

        for (; k < U; k++)
        {
            var last = x[k];
            a = T.MultiplyAdd(one[k], last, a);
            b = T.MultiplyAdd(two[k], last, b);
            c = T.MultiplyAdd(three[k], last, c);
            d = T.MultiplyAdd(four[k], last, d);
        }

        (first, second, third, fourth) = (a + e, b + f, c + g, d + h);
    }

    /// <summary>
    /// The way back: for a run of units, gradient[to + u] = (accumulate ? gradient[to + u] : 0) + Σ weight[first + r, u] factor[at + r] gradient[from + r] over
    /// <paramref name="rows"/> rows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Columns<T, TView, TWeight, TFactor>(
        TView gradient, TWeight weight, int first, int rows, TFactor factor, int at, int from, int to, int u, int uEnd, int U, bool accumulate)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight>
        where TFactor : struct, IView<T>
    {
        if (uEnd - u == 8)
        {
            var (a, b, c, d) = (T.Create(0), T.Create(0), T.Create(0), T.Create(0));
            var (e, f, g, h) = (T.Create(0), T.Create(0), T.Create(0), T.Create(0));
            for (var r = 0; r < rows; r++)
            {
                var value = gradient[from + r] * factor[at + r];
                var row = weight.From((first + r) * U + u);
                a = T.MultiplyAdd(row[0], value, a);
                b = T.MultiplyAdd(row[1], value, b);
                c = T.MultiplyAdd(row[2], value, c);
                d = T.MultiplyAdd(row[3], value, d);
                e = T.MultiplyAdd(row[4], value, e);
                f = T.MultiplyAdd(row[5], value, f);
                g = T.MultiplyAdd(row[6], value, g);
                h = T.MultiplyAdd(row[7], value, h);
            }

            to += u;
            gradient[to] = accumulate ? gradient[to] + a : a;
            gradient[to + 1] = accumulate ? gradient[to + 1] + b : b;
            gradient[to + 2] = accumulate ? gradient[to + 2] + c : c;
            gradient[to + 3] = accumulate ? gradient[to + 3] + d : d;
            gradient[to + 4] = accumulate ? gradient[to + 4] + e : e;
            gradient[to + 5] = accumulate ? gradient[to + 5] + f : f;
            gradient[to + 6] = accumulate ? gradient[to + 6] + g : g;
            gradient[to + 7] = accumulate ? gradient[to + 7] + h : h;
            return;
        }

        for (; u < uEnd; u++)
        {
            var sum = accumulate ? gradient[to + u] : T.Create(0);
            for (var r = 0; r < rows; r++)
            {
                sum = T.MultiplyAdd(weight[(first + r) * U + u], gradient[from + r] * factor[at + r], sum);
            }

            gradient[to + u] = sum;
        }
    }
}
