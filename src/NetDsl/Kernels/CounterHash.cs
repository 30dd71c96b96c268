namespace NetDsl.Kernels;

/// <summary>
/// The counter-based generator behind <c>ILanes.Uniform</c>: a 32-bit finalizer with low bias (C. Wellons, "hash-prospector", 2018) over
/// key, element and sample.
/// </summary>
static class CounterHash
{
    public const uint SampleStride = 0x9E3779B9;
    public const uint IndexStride = 0x85EBCA6B;
    public const uint FirstMultiplier = 0x7FEB352D;
    public const uint SecondMultiplier = 0x846CA68B;

    /// <summary>2^-24: the hash's upper 24 bits become a float in [0, 1).</summary>
    public const float Unit = 1f / (1 << 24);

    public static uint Scramble(uint key, uint index) => Finalize(key + index * IndexStride);

    public static uint Finalize(uint hash)
    {
        hash ^= hash >> 16;
        hash *= FirstMultiplier;
        hash ^= hash >> 15;
        hash *= SecondMultiplier;
        hash ^= hash >> 16;
        return hash;
    }

    public static float Uniform(uint key, uint index, uint sample) =>
        (int)(Finalize(Scramble(key, index) ^ (sample * SampleStride)) >> 8) * Unit;
}
