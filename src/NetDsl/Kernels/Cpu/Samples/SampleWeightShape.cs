namespace NetDsl.Kernels;

/// <summary>
/// How the gradient of a convolution by its weight is cut. An item is a few filters and a few channels of one group, all their taps; it goes through all samples, in
/// strips of rows that fit the first-level cache.
/// </summary>
readonly struct SampleWeightShape
{
    const int Lanes = SampleBlock.Lanes;

    /// <summary>Floats of a strip: of two rows of dy, and of the rows of x that they meet.</summary>
    const int StripSize = 6 * 1024;

    readonly ConvolutionShape shape;

    public SampleWeightShape(in ConvolutionShape shape)
    {
        this.shape = shape;
        FiltersPerGroup = shape.Filters / shape.Group;
        ChannelsPerGroup = shape.Channels / shape.Group;
        Channels = ChannelsOf(shape.Taps, ChannelsPerGroup);
        ChannelTiles = (ChannelsPerGroup + Channels - 1) / Channels;
        Filters = ChannelTiles >= 8 ? 16 : 4;
        FilterTiles = (FiltersPerGroup + Filters - 1) / Filters;
        IsPadded = shape.PaddingHeight > 0 || shape.PaddingWidth > 0;
        Width = IsPadded ? (shape.OutputWidth - 1) * shape.StrideWidth + (shape.KernelWidth - 1) * shape.DilationWidth + 1 : shape.Width;
        Rows = 1;
        while (Rows < shape.OutputHeight && StripFloats(Rows + 1) <= StripSize)
        {
            Rows++;
        }
    }

    public int FiltersPerGroup { get; }

    public int ChannelsPerGroup { get; }

    /// <summary>Channels of an item: as many as fill the register tiles.</summary>
    public int Channels { get; }

    public int ChannelTiles { get; }

    /// <summary>Filters of an item: where there are few channels, few, so that there are items for all threads.</summary>
    public int Filters { get; }

    public int FilterTiles { get; }

    public int Items => shape.Group * FilterTiles * ChannelTiles;

    /// <summary>The strips of x are copied with the zeros around them.</summary>
    public bool IsPadded { get; }

    /// <summary>Pixels from one row of a strip of x to the next.</summary>
    public int Width { get; }

    /// <summary>Rows of dy to a strip.</summary>
    public int Rows { get; }

    /// <summary>Rows of x that so many rows of dy meet.</summary>
    public int InputRows(int rows) => (rows - 1) * shape.StrideHeight + (shape.KernelHeight - 1) * shape.DilationHeight + 1;

    /// <summary>Floats that a worker needs: the sums of an item, lane by lane, and a padded strip.</summary>
    public int Scratch => (Filters * Channels * shape.Taps + (IsPadded ? Channels * InputRows(Rows) * Width : 0)) * Lanes;

    int StripFloats(int rows) => (2 * rows * shape.OutputWidth + Channels * InputRows(rows) * Width) * Lanes;

    static int ChannelsOf(int taps, int channels)
    {
        // The smallest number whose taps fill the tiles well.
        var (best, filled) = (1, 0.0);
        for (var count = 1; count <= Math.Min(SampleOuterTile.Taps, channels); count++)
        {
            var all = count * taps;
            var tiles = (all + SampleOuterTile.Taps - 1) / SampleOuterTile.Taps;
            var share = (double)all / (tiles * SampleOuterTile.Taps);
            if (share > filled + 0.15)
            {
                (best, filled) = (count, share);
            }
        }

        return best;
    }
}
