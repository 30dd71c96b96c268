namespace NetDsl.Kernels;

/// <summary>The terms that a tile sums up: (input block, kernel element) pairs with up to 16 channels each, or kernel rows with all their channels.</summary>
readonly unsafe struct DirectTerms(nint* offsets, int entries, int wholeEntries, int lastTerms, bool accumulate, float* bias, nint pixelStep = ChannelBlocks.Lanes)
{
    /// <summary>Where each entry's input lies from the tile's first pixel.</summary>
    public nint* Offsets { get; } = offsets;

    public int Entries { get; } = entries;

    /// <summary>Entries that have 16 terms; the others have <see cref="LastTerms"/>.</summary>
    public int WholeEntries { get; } = wholeEntries;

    public int LastTerms { get; } = lastTerms;

    /// <summary>Goes on from the sums that earlier terms have left; otherwise from the bias.</summary>
    public bool Accumulate { get; } = accumulate;

    /// <summary>Bias of the tile's two output blocks.</summary>
    public float* Bias { get; } = bias;

    /// <summary>Floats from one pixel to the next.</summary>
    public nint PixelStep { get; } = pixelStep;
}
