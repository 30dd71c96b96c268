namespace NetDsl.Runtime;

/// <summary>
/// Random numbers by index: the <c>i</c>-th is the SplitMix64 finalizer (Steele, Lea and Flood 2014) of key and index, so any of them can be
/// drawn without the others.
/// </summary>
readonly struct CounterRandom(ulong key)
{
    const double Unit = 1.0 / (1L << 53);

    readonly ulong key = Mix(key);

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform(long index) => (Draw((ulong)index) >> 11) * Unit;

    /// <summary>Normal with mean 0 and deviation 1 (Box and Muller 1958).</summary>
    public double Normal(long index)
    {
        var radius = 1 - Uniform(2 * index);
        var angle = Uniform((2 * index) + 1);
        return Math.Sqrt(-2 * Math.Log(radius)) * Math.Cos(2 * Math.PI * angle);
    }

    ulong Draw(ulong index) => Mix(key + (index * 0x9E3779B97F4A7C15));

    static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
