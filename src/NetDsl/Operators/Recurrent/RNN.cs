using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// A plain recurrence over a sequence, [N, T, …] to the hidden states [N, T, units] (Elman 1990): h = tanh(weight · x + hidden weight · c h′ + bias). The prime is of the step
    /// before, c the continuation. The first step begins with zeros; nothing is carried from one batch to the next.
    /// </summary>
    /// <remarks>
    /// Caffe's RNN has an output layer inside: <c>RNN(units) >> Dense(units, axis: 2) >> Tanh</c>. Its sequences are time-major: turn [T, N, …] round to [N, T, …]. Its weights W_xh, b_h,
    /// W_xh_static and W_hh are <c>input.weight</c>, <c>input.bias</c>, <c>constant.weight</c> and <c>hidden.weight</c>, W_ho and b_o those of the dense layer.
    /// </remarks>
    /// <param name="units">Hidden units.</param>
    /// <param name="continuation">[N, T]: 0 where a new sequence begins, else 1. Multiplies the hidden state of the step before. No gradient.</param>
    /// <param name="constant">[N, …]: an input that is the same in every step; Caffe's <c>x_static</c>.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer RNN(int units, Tensor? continuation = null, Tensor? constant = null, string? name = null) => x =>
    {
        RequirePositive(units, nameof(units), "units");
        // Not in a variable of its own, whose name would stand before the layers'.
        var states = continuation is null
            ? RnnStates(StepInputs(x, units, constant, name), Part(name, "hidden"))
            : RnnStates(StepInputs(x, units, constant, name), continuation, Part(name, "hidden"));
        return Reshape(Slice(states, 1, 1), [x.Shape[1], units]);
    };

    /// <summary>
    /// Steps through a recurrence whose inputs have been multiplied: [N, T, U] to states [N, 2, T, U], the hidden states as the next step takes them, and the hidden states.
    /// </summary>
    /// <param name="inputs">What the inputs and biases add.</param>
    /// <param name="name">The layer's name.</param>
    [Operator("[N, Time, U] -> [N, P = 2, Time, U]", Kernel = typeof(RnnKernel), Sequence = "Time", Anchor = Anchor.Recurrence, MultiplyAdds = "Time*U*U")]
    [Weight("weight", "[R = U, K = U]", Initializer.Xavier)]
    public static Tensor RnnStates(Tensor inputs, string? name = null) => throw new NotExecutableException();

    /// <summary>The same, where sequences end and begin within a sample.</summary>
    /// <param name="inputs">What the inputs and biases add.</param>
    /// <param name="continuation">[N, T]: 0 where a new sequence begins, else 1.</param>
    /// <param name="name">The layer's name.</param>
    [Operator("[N, Time, U], [N, Time] -> [N, P = 2, Time, U]", Kernel = typeof(ContinuedRnnKernel), Sequence = "Time", Anchor = Anchor.Recurrence, MultiplyAdds = "Time*U*U")]
    [Weight("weight", "[R = U, K = U]", Initializer.Xavier)]
    public static Tensor RnnStates(Tensor inputs, Tensor continuation, string? name = null) => throw new NotExecutableException();
}

/// <summary>One step of a run of a plain recurrence's units, forward and back. States lie as [plane, time, unit].</summary>
static class RnnCell
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView, TWeight, TContinuation>(
        TView inputs, TContinuation continuation, TWeight weight, TView y, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight>
        where TContinuation : struct, IView<T>
    {
        for (; u < uEnd; u++)
        {
            var state = time * U + u;
            var sum = inputs[state];
            if (time == 0)
            {
                y[state] = T.Create(0);
            }
            else
            {
                sum += RecurrentSums.Row<T, TView, TWeight>(weight, u, y, time * U, U);
            }

            var hidden = LanesMath.Tanh(sum);
            y[Time * U + state] = hidden;
            if (time + 1 < Time)
            {
                y[state + U] = continuation[time + 1] * hidden;
            }
        }
    }

    /// <summary>The place of a step's own gradient first takes the sum over the next step's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gradient<T, TView, TWeight, TContinuation>(
        TView dy, TView y, TContinuation continuation, TWeight weight, TView dinputs, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight>
        where TContinuation : struct, IView<T>
    {
        if (time + 1 < Time)
        {
            RecurrentSums.Columns<T, TView, TWeight, OneView<T>>(dinputs, weight, 0, U, default, 0, (time + 1) * U, time * U, u, uEnd, U, false);
        }

        for (; u < uEnd; u++)
        {
            var state = time * U + u;
            var gradient = dy[Time * U + state];
            if (time + 1 < Time)
            {
                gradient = T.MultiplyAdd(continuation[time + 1], dinputs[state], gradient);
            }

            var hidden = y[Time * U + state];
            dinputs[state] = gradient * (T.Create(1) - hidden * hidden);
        }
    }
}

/// <summary>A plain recurrence whose sequences fill their samples.</summary>
public static class RnnKernel
{
    /// <summary>The states of a run of units at one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView, TWeight>(TView inputs, TWeight weight, TView y, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight> =>
        RnnCell.Forward<T, TView, TWeight, OneView<T>>(inputs, default, weight, y, u, uEnd, time, Time, U);

    /// <summary>The gradients by the inputs of a run of units at one step.</summary>
    [GradientOf("inputs")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputsGradient<T, TView, TWeight>(TView dy, TView y, TWeight weight, TView dinputs, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight> =>
        RnnCell.Gradient<T, TView, TWeight, OneView<T>>(dy, y, default, weight, dinputs, u, uEnd, time, Time, U);

    /// <summary>One sample's part of dweight[r, k] = Σ dinputs[time, r] y[0, time, k].</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(TView dinputs, TView y, int r, int k, int Time, int R, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => DenseRowsKernel.WeightGradient<T, TView>(dinputs, y, r, k, Time, R, U);
}

/// <summary>A plain recurrence that begins anew where the continuation is 0.</summary>
public static class ContinuedRnnKernel
{
    /// <summary>The states of a run of units at one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView, TWeight>(TView inputs, TView continuation, TWeight weight, TView y, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight> =>
        RnnCell.Forward<T, TView, TWeight, TView>(inputs, continuation, weight, y, u, uEnd, time, Time, U);

    /// <summary>The gradients by the inputs of a run of units at one step.</summary>
    [GradientOf("inputs")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputsGradient<T, TView, TWeight>(TView dy, TView y, TView continuation, TWeight weight, TView dinputs, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight> =>
        RnnCell.Gradient<T, TView, TWeight, TView>(dy, y, continuation, weight, dinputs, u, uEnd, time, Time, U);

    /// <summary>As without a continuation: it is in the hidden states that the weight multiplies.</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(TView dinputs, TView y, int r, int k, int Time, int R, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => DenseRowsKernel.WeightGradient<T, TView>(dinputs, y, r, k, Time, R, U);
}
