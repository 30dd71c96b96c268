namespace NetDsl.Kernels;

/// <summary>The terms that a tile sums up: (input block, kernel element) pairs with up to 16 channels each.</summary>
readonly unsafe struct DirectTerms(nint* offsets, int entries, int wholeEntries, int lastChannels, bool accumulate, float* bias)
{
    /// <summary>Where each entry's input lies from the tile's first pixel.</summary>
    public nint* Offsets { get; } = offsets;

    public int Entries { get; } = entries;

    /// <summary>Entries that have all 16 channels; the others have <see cref="LastChannels"/>.</summary>
    public int WholeEntries { get; } = wholeEntries;

    public int LastChannels { get; } = lastChannels;

    /// <summary>Goes on from the sums that earlier terms have left; otherwise from the bias.</summary>
    public bool Accumulate { get; } = accumulate;

    /// <summary>Bias of the tile's two output blocks.</summary>
    public float* Bias { get; } = bias;
}
