using NetDsl.Kernels;

namespace NetDsl.Solvers;

/// <summary>An exponential moving average: what stays of it and what is taken in are both rounded from the exact share.</summary>
readonly struct Average(double stays)
{
    readonly float keep = (float)stays;
    readonly float take = (float)(1 - stays);

    /// <summary>The average with one more value.</summary>
    public T Next<T>(T average, T value)
        where T : struct, ILanes<T> => T.Create(keep) * average + T.Create(take) * value;
}
