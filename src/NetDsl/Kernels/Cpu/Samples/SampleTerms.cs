namespace NetDsl.Kernels;

/// <summary>
/// The products that a register tile sums, for each of its pixels: three loops, the innermost over the taps of a kernel row. A dense layer is one row of taps. Strides
/// count floats.
/// </summary>
unsafe struct SampleTerms
{
    /// <summary>The source's first element for the tile's first vector of samples: first channel, first kernel row, first tap, first pixel.</summary>
    public float* Source;

    /// <summary>From the first vector to the others: the other half of a block, or the same element of other blocks.</summary>
    public nint Second;
    public nint Third;
    public nint Fourth;

    /// <summary>Pixels that differ in nothing but where they lie, and from one to the next.</summary>
    public int Pixels;
    public nint PixelStride;

    /// <summary>The weight of the first target channel for the source's first element.</summary>
    public float* Weights;

    /// <summary>In the weight, from one target channel to the next.</summary>
    public nint TargetStride;

    /// <summary>Source channels, and their strides in source and weight.</summary>
    public int Channels;
    public nint SourceChannel;
    public nint WeightChannel;

    /// <summary>Kernel rows, and their strides.</summary>
    public int Rows;
    public nint SourceRow;
    public nint WeightRow;

    /// <summary>Taps of a kernel row, and their strides.</summary>
    public int Taps;
    public nint SourceTap;
    public nint WeightTap;

    /// <summary>The bias of the first target channel, or null.</summary>
    public float* Bias;

    /// <summary>The same products with the longest loop innermost where loops of one round permit: a 1×1 kernel is a walk over channels.</summary>
    public readonly SampleTerms Flat()
    {
        var flat = this;
        if (flat.Taps == 1)
        {
            (flat.Taps, flat.SourceTap, flat.WeightTap) = (flat.Rows, flat.SourceRow, flat.WeightRow);
            flat.Rows = 1;
        }

        if (flat.Taps == 1)
        {
            (flat.Taps, flat.SourceTap, flat.WeightTap) = (flat.Channels, flat.SourceChannel, flat.WeightChannel);
            flat.Channels = 1;
        }

        return flat;
    }
}
