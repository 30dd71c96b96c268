using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

/// <summary>An LSTM whose sequences fill their samples.</summary>
public static class LstmKernel
{
    /// <summary>The states of a run of units at one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView, TWeight>(TView gates, TWeight weight, TView y, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight> =>
        LstmCell.Forward<T, TView, TWeight, OneView<T>>(gates, default, weight, y, u, uEnd, time, Time, U);

    /// <summary>The gradients by the gates of a run of units at one step.</summary>
    [GradientOf("gates")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void GatesGradient<T, TView, TWeight>(TView dy, TView y, TWeight weight, TView dgates, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight> =>
        LstmCell.Gradient<T, TView, TWeight, OneView<T>>(dy, y, default, weight, dgates, u, uEnd, time, Time, U);

    /// <summary>One sample's part of dweight[r, k] = Σ dgates[time, r] y[0, time, k].</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(TView dgates, TView y, int r, int k, int Time, int R, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => DenseRowsKernel.WeightGradient<T, TView>(dgates, y, r, k, Time, R, U);
}

/// <summary>An LSTM that begins anew where the continuation is 0.</summary>
public static class ContinuedLstmKernel
{
    /// <summary>The states of a run of units at one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView, TWeight>(TView gates, TView continuation, TWeight weight, TView y, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight> =>
        LstmCell.Forward<T, TView, TWeight, TView>(gates, continuation, weight, y, u, uEnd, time, Time, U);

    /// <summary>The gradients by the gates of a run of units at one step.</summary>
    [GradientOf("gates")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void GatesGradient<T, TView, TWeight>(TView dy, TView y, TView continuation, TWeight weight, TView dgates, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight> =>
        LstmCell.Gradient<T, TView, TWeight, TView>(dy, y, continuation, weight, dgates, u, uEnd, time, Time, U);

    /// <summary>As without a continuation: it is in the hidden states that the weight multiplies.</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(TView dgates, TView y, int r, int k, int Time, int R, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => DenseRowsKernel.WeightGradient<T, TView>(dgates, y, r, k, Time, R, U);
}
