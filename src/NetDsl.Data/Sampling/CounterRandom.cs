namespace NetDsl.Data;

/// <summary>Random numbers as a function of a seed and a counter: nothing to save, nothing to restore.</summary>
static class CounterRandom
{
    /// <summary>The output function of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).</summary>
    public static ulong Hash(ulong seed, ulong counter)
    {
        var z = seed + ((counter + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number below <paramref name="limit"/> (Lemire's multiplication; its bias is below limit / 2^64).</summary>
    public static int Below(ulong hash, int limit) => (int)Math.BigMul(hash, (ulong)limit, out _);
}
