namespace NetDsl.Kernels;

/// <summary>The unit in which samples lie in memory.</summary>
public static class SampleBlock
{
    /// <summary>Samples to a block: one AVX-512 register, two AVX2 registers.</summary>
    public const int Lanes = 16;

    /// <summary>How many blocks hold <paramref name="samples"/> samples.</summary>
    public static int Count(int samples) => (int)Count((long)samples);

    /// <summary>How many blocks hold <paramref name="samples"/> samples.</summary>
    public static long Count(long samples) => (samples + Lanes - 1) / Lanes;
}
