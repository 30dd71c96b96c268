using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>What predictions make of operators that multiply each channel by a number and add one, such as batch normalisation, where they cannot be folded into the layer before.</summary>
public static class ChannelMap
{
    /// <summary>y[c, s] = slope[c] x[c, s] + intercept[c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Element<T, TView, TSlope, TIntercept>(TView x, TSlope slope, TIntercept intercept, int c, int s, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
        where TSlope : struct, IView<T>
        where TIntercept : struct, IView<T> => T.MultiplyAdd(slope[c], x[(c * S) + s], intercept[c]);
}
