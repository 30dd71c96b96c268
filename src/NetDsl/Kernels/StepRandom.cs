namespace NetDsl.Kernels;

/// <summary>
/// The key of the random numbers that one operator draws in one step. With <c>ILanes.Uniform</c>, which adds element and sample, a number
/// depends on five counters and nothing else: the same on every device, for any number of threads, and in the backward half again.
/// </summary>
public static class StepRandom
{
    /// <summary>The key for <c>ILanes.Uniform</c>.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="step">The step's number.</param>
    /// <param name="nodeKey">Tells the operators of a network apart.</param>
    public static uint Key(uint seed, uint step, uint nodeKey) =>
        CounterHash.Finalize(CounterHash.Finalize(seed ^ step * CounterHash.SampleStride) ^ nodeKey * CounterHash.IndexStride);
}
