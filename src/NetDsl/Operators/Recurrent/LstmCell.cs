using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

/// <summary>One step of a run of an LSTM's units, forward and back. Gates lie as [time, gate, unit], states as [plane, time, unit].</summary>
static class LstmCell
{
    const int Previous = 0, Input = 1, Forget = 2, Output = 3, Candidate = 4, Cell = 5, Hidden = 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView, TWeight, TContinuation>(
        TView gates, TContinuation continuation, TWeight weight, TView y, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight>
        where TContinuation : struct, IView<T>
    {
        var plane = Time * U;
        for (; u < uEnd; u++)
        {
            var at = time * 4 * U + u;
            var (i, f, o, g) = (gates[at], gates[at + U], gates[at + 2 * U], gates[at + 3 * U]);
            var state = time * U + u;
            var cell = T.Create(0);
            if (time == 0)
            {
                y[Previous * plane + state] = T.Create(0);
            }
            else
            {
                RecurrentSums.FourRows<T, TView, TWeight>(weight, u, y, Previous * plane + time * U, U, ref i, ref f, ref o, ref g);
                cell = continuation[time] * y[Cell * plane + state - U];
            }

            i = LanesMath.Sigmoid(i);
            f = LanesMath.Sigmoid(f);
            o = LanesMath.Sigmoid(o);
            g = LanesMath.Tanh(g);
            cell = T.MultiplyAdd(f, cell, i * g);
            var hidden = o * LanesMath.Tanh(cell);
            y[Input * plane + state] = i;
            y[Forget * plane + state] = f;
            y[Output * plane + state] = o;
            y[Candidate * plane + state] = g;
            y[Cell * plane + state] = cell;
            y[Hidden * plane + state] = hidden;
            if (time + 1 < Time)
            {
                y[Previous * plane + state + U] = continuation[time + 1] * hidden;
            }
        }
    }

    /// <summary>
    /// Until a step comes to them, its gradients hold what the next step leaves for it: in the place of g that by the cell. The first gate's
    /// place takes the sum over the next step's gates before it gets its own.
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
        var here = time * 4 * U;
        if (time + 1 < Time)
        {
            RecurrentSums.Columns<T, TView, TWeight, OneView<T>>(dgates, weight, 0, 4 * U, default, 0, here + 4 * U, here, u, uEnd, U, false);
        }

        for (; u < uEnd; u++)
        {
            var state = time * U + u;
            var at = here + u;
            var (i, f, o, g) = (y[Input * plane + state], y[Forget * plane + state], y[Output * plane + state], y[Candidate * plane + state]);
            var one = T.Create(1);
            var tanh = LanesMath.Tanh(y[Cell * plane + state]);
            var hidden = dy[Hidden * plane + state];
            var cell = T.Create(0);
            if (time + 1 < Time)
            {
                hidden = T.MultiplyAdd(continuation[time + 1], dgates[at], hidden);
                cell = dgates[at + 3 * U];
            }

            cell = T.MultiplyAdd(hidden * o, one - tanh * tanh, cell);
            dgates[at] = cell * g * i * (one - i);
            dgates[at + 2 * U] = hidden * tanh * o * (one - o);
            dgates[at + 3 * U] = cell * i * (one - g * g);
            if (time == 0)
            {
                dgates[at + U] = T.Create(0);
            }
            else
            {
                dgates[at + U] = cell * (continuation[time] * y[Cell * plane + state - U]) * f * (one - f);
                dgates[at - 4 * U + 3 * U] = cell * f * continuation[time];
            }
        }
    }
}
