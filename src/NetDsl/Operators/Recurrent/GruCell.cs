using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

/// <summary>One step of a run of a GRU's units, forward and back. Gates lie as [time, gate, unit], states as [plane, time, unit].</summary>
static class GruCell
{
    const int Previous = 0, Reset = 1, Update = 2, Product = 3, Candidate = 4, Hidden = 5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView, TWeight, TContinuation>(
        TView gates, TContinuation continuation, TWeight weight, TWeight bias, TView y, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight>
        where TContinuation : struct, IView<T>
    {
        var plane = Time * U;
        for (; u < uEnd; u++)
        {
            var at = time * 3 * U + u;
            var state = time * U + u;
            var (r, z, n) = (gates[at], gates[at + U], gates[at + 2 * U]);
            var product = bias[u];
            var previous = T.Create(0);
            if (time == 0)
            {
                y[Previous * plane + state] = previous;
            }
            else
            {
                previous = y[Previous * plane + state];
                r += RecurrentSums.Row<T, TView, TWeight>(weight, u, y, Previous * plane + time * U, U);
                z += RecurrentSums.Row<T, TView, TWeight>(weight, U + u, y, Previous * plane + time * U, U);
                product += RecurrentSums.Row<T, TView, TWeight>(weight, 2 * U + u, y, Previous * plane + time * U, U);
            }

            r = LanesMath.Sigmoid(r);
            z = LanesMath.Sigmoid(z);
            n = LanesMath.Tanh(T.MultiplyAdd(r, product, n));
            var hidden = T.MultiplyAdd(z, previous - n, n);
            y[Reset * plane + state] = r;
            y[Update * plane + state] = z;
            y[Product * plane + state] = product;
            y[Candidate * plane + state] = n;
            y[Hidden * plane + state] = hidden;
            if (time + 1 < Time)
            {
                y[Previous * plane + state + U] = continuation[time + 1] * hidden;
            }
        }
    }

    /// <summary>
    /// Until a step comes to them, its gradients hold what the next step leaves for it: in the place of n that by the hidden state where z passes it on. The first
    /// gate's place takes the sum over the next step's gates before it gets its own.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gradient<T, TView, TWeight, TContinuation>(
        TView dy, TView y, TContinuation continuation, TWeight weight, TView dgates, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight>
        where TContinuation : struct, IView<T>
    {
        var plane = Time * U;
        var here = time * 3 * U;
        if (time + 1 < Time)
        {
            var next = here + 3 * U;
            RecurrentSums.Columns<T, TView, TWeight, OneView<T>>(dgates, weight, 0, 2 * U, default, 0, next, here, u, uEnd, U, false);
            RecurrentSums.Columns<T, TView, TWeight, TView>(dgates, weight, 2 * U, U, y, Reset * plane + (time + 1) * U, next + 2 * U, here, u, uEnd, U, true);
        }

        for (; u < uEnd; u++)
        {
            var state = time * U + u;
            var at = here + u;
            var (r, z, n) = (y[Reset * plane + state], y[Update * plane + state], y[Candidate * plane + state]);
            var one = T.Create(1);
            var hidden = dy[Hidden * plane + state];
            if (time + 1 < Time)
            {
                hidden += T.MultiplyAdd(continuation[time + 1], dgates[at], dgates[at + 2 * U]);
            }

            var candidate = hidden * (one - z) * (one - n * n);
            dgates[at] = candidate * y[Product * plane + state] * r * (one - r);
            dgates[at + U] = hidden * (y[Previous * plane + state] - n) * z * (one - z);
            dgates[at + 2 * U] = candidate;
            if (time > 0)
            {
                dgates[at - 3 * U + 2 * U] = hidden * z * continuation[time];
            }
        }
    }

    /// <summary>One sample's part of dweight[row, k]; what r multiplies has the candidate's gradient times r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(TView dgates, TView y, int row, int k, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        var resets = Reset * Time * U + row - 2 * U;
        for (var time = 0; time < Time; time++)
        {
            var gradient = dgates[time * 3 * U + row] * (row < 2 * U ? T.Create(1) : y[resets + time * U]);
            sum = T.MultiplyAdd(gradient, y[Previous * Time * U + time * U + k], sum);
        }

        return sum;
    }

    /// <summary>One sample's part of dbias[k].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T BiasGradient<T, TView>(TView dgates, TView y, int k, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var time = 0; time < Time; time++)
        {
            sum = T.MultiplyAdd(dgates[(time * 3 + 2) * U + k], y[Reset * Time * U + time * U + k], sum);
        }

        return sum;
    }
}
