using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

/// <summary>A GRU whose sequences fill their samples.</summary>
public static class GruKernel
{
    /// <summary>The states of a run of units at one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView, TWeight>(TView gates, TWeight weight, TWeight bias, TView y, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight> =>
        GruCell.Forward<T, TView, TWeight, OneView<T>>(gates, default, weight, bias, y, u, uEnd, time, Time, U);

    /// <summary>The gradients by the gates of a run of units at one step.</summary>
    [GradientOf("gates")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void GatesGradient<T, TView, TWeight>(TView dy, TView y, TWeight weight, TView dgates, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight> =>
        GruCell.Gradient<T, TView, TWeight, OneView<T>>(dy, y, default, weight, dgates, u, uEnd, time, Time, U);

    /// <summary>One sample's part of dweight[r, k].</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(TView dgates, TView y, int r, int k, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => GruCell.WeightGradient<T, TView>(dgates, y, r, k, Time, U);

    /// <summary>One sample's part of dbias[k].</summary>
    [GradientOf("bias")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T BiasGradient<T, TView>(TView dgates, TView y, int k, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => GruCell.BiasGradient<T, TView>(dgates, y, k, Time, U);
}

/// <summary>A GRU that begins anew where the continuation is 0.</summary>
public static class ContinuedGruKernel
{
    /// <summary>The states of a run of units at one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TView, TWeight>(TView gates, TView continuation, TWeight weight, TWeight bias, TView y, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight> =>
        GruCell.Forward<T, TView, TWeight, TView>(gates, continuation, weight, bias, y, u, uEnd, time, Time, U);

    /// <summary>The gradients by the gates of a run of units at one step.</summary>
    [GradientOf("gates")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void GatesGradient<T, TView, TWeight>(TView dy, TView y, TView continuation, TWeight weight, TView dgates, int u, int uEnd, int time, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IPlaceView<T, TView>
        where TWeight : struct, IPlaceView<T, TWeight> =>
        GruCell.Gradient<T, TView, TWeight, TView>(dy, y, continuation, weight, dgates, u, uEnd, time, Time, U);

    /// <summary>As without a continuation: it is in the hidden states that the weight multiplies.</summary>
    [GradientOf("weight")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WeightGradient<T, TView>(TView dgates, TView y, int r, int k, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => GruCell.WeightGradient<T, TView>(dgates, y, r, k, Time, U);

    /// <summary>As without a continuation.</summary>
    [GradientOf("bias")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T BiasGradient<T, TView>(TView dgates, TView y, int k, int Time, int U)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => GruCell.BiasGradient<T, TView>(dgates, y, k, Time, U);
}
