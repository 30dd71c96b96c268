namespace NetDsl.Kernels;

/// <summary>
/// How a direct convolution, or one phase of its gradient by the input, is cut: the rows that are worked on at once, whether they are copied into padded
/// scratch first and how they lie there. A tile's pixels are always neighbours in that input, 16 floats apart or, in a compact copy, the stride times the
/// channels, so one tile serves every geometry.
/// </summary>
readonly unsafe struct DirectPass
{
    /// <summary>Floats of the copied input that stay in the second-level cache beside a panel of weights.</summary>
    const int InputBudget = 88 * 1024;

    /// <summary>Floats of a panel of weights: what one sweep over the pixels reads.</summary>
    const int PanelBudget = 64 * 1024;

    /// <summary>Pixels of half a tile where there are 32 wide registers.</summary>
    public const int WideSegment = 7;

    /// <summary>Tiles for sixteen registers have as many pixels as divide a line evenly, so no line is padded.</summary>
    public const int NarrowSegment = 1;

    /// <summary>Pixels worked on at once at most; their sums stay near.</summary>
    const int PixelBudget = 448;

    /// <summary>A sample is cut into at least so many items where it is large enough: one sample alone keeps all threads busy.</summary>
    const int FewItems = 8;

    /// <summary>Weights of a group that do not stay in any cache: every tile of rows reads them from memory again.</summary>
    const int ManyWeights = 1 << 20;

    /// <summary>A copied input of up to so many floats stays in the third-level cache: better than many weights twice.</summary>
    const int LargeInput = 1 << 22;

    /// <summary>Fewer pixels than this do not fill tiles.</summary>
    const int LeastPixels = 21;

    /// <summary>Most channels whose rows are copied without the padded lanes.</summary>
    const int CompactChannels = 8;

    DirectPass(in ConvolutionAxis rows, in ConvolutionAxis columns, int groups, int channels, int filters, int outputHeight, int outputWidth, int segment, int? blocksAtOnce = null, bool inRows = false)
    {
        Rows = rows;
        Columns = columns;
        Groups = groups;
        Segment = segment;
        OutputHeight = outputHeight;
        OutputWidth = outputWidth;
        Taps = rows.Taps * columns.Taps;
        InputBlocks = ChannelBlocks.Count(channels / groups);
        LastChannels = channels / groups - (InputBlocks - 1) * ChannelBlocks.Lanes;
        OutputBlocks = ChannelBlocks.Count(filters / groups);
        OutputChannels = filters / groups;
        InPlace = rows.IsIdentity && columns.IsIdentity && columns.Outputs == columns.Inputs && rows.Outputs * columns.Outputs >= WideSegment;
        ChunkBlocks = Math.Clamp(PanelBudget / Math.Max(1, Taps * 2 * ChannelBlocks.Lanes * ChannelBlocks.Lanes), 1, InputBlocks);

        // Whether and how rows are copied decides the items, so it is the same for every width of vector.
        var padded = (columns.Outputs + WideSegment - 1) / WideSegment * WideSegment;
        Compact = !InPlace && channels <= CompactChannels && columns.Taps > 1 && columns.TapStep == 1 && rows.Taps > 0 && rows.Outputs > 0 && columns.Outputs > 0;
        InRows = !inRows || Compact ? inRows : throw new ArgumentException("Only a convolution of few channels, whose kernel is wider than 1 and not dilated, reads rows.", nameof(inRows));
        Exact = !Compact && (columns.Taps <= 1 || (blocksAtOnce == null && columns.Outputs < 32 && columns.Outputs * 10 < padded * 9));
        ColumnPlanes = Exact ? columns.Taps : columns.Planes;
        CopiedBlocks = Math.Min(InputBlocks, blocksAtOnce ?? InputBlocks);
        var rowFloats = CopiedBlocks * ColumnPlanes * rows.Planes * (Exact ? columns.Outputs : columns.MaxShift + padded) * ChannelBlocks.Lanes;
        var most = Compact ? rows.Outputs : Math.Max(1, InputBudget / Math.Max(1, rowFloats) - rows.MaxShift);
        if ((long)OutputBlocks * InputBlocks * Taps * ChannelBlocks.Lanes * ChannelBlocks.Lanes > ManyWeights && (long)rowFloats * (rows.Outputs + rows.MaxShift) <= LargeInput)
        {
            most = rows.Outputs;
        }

        most = Math.Clamp(Math.Min(most, PixelBudget / Math.Max(1, columns.Outputs)), 1, Math.Max(1, rows.Outputs));
        RowTiles = columns.Outputs == 0 ? 0 : (rows.Outputs + most - 1) / most;
        if (blocksAtOnce == null && RowTiles > 0)
        {
            var wanted = Math.Min((FewItems - 1) / (groups * Pairs) + 1, rows.Outputs * columns.Outputs / LeastPixels);
            RowTiles = Math.Max(RowTiles, Math.Min(wanted, rows.Outputs));
        }

        RowsAtOnce = RowTiles == 0 ? 0 : (rows.Outputs + RowTiles - 1) / RowTiles;
        RowTiles = RowTiles == 0 ? 0 : (rows.Outputs + RowsAtOnce - 1) / RowsAtOnce;

        Width = Exact ? columns.Outputs : columns.MaxShift + (columns.Outputs + segment - 1) / segment * segment;
        LineHalves = ((Exact ? RowsAtOnce * columns.Outputs : columns.Outputs) + segment - 1) / segment;
        if (Compact)
        {
            Width = (columns.Outputs - 1) * columns.InputStep + columns.Taps;
            CopiedRows = (RowsAtOnce - 1) * rows.InputStep + (rows.Taps - 1) * rows.TapStep + 1;
            PixelStep = columns.InputStep * channels;
            RowFloats = Width * channels;
            LineStep = rows.InputStep * RowFloats;
            BlockEntries = rows.Taps;
            LastTerms = columns.Taps * channels;
            InputBlockStride = CopiedRows * RowFloats;
            return;
        }

        CopiedRows = RowsAtOnce + rows.MaxShift;
        PixelStep = ChannelBlocks.Lanes;
        RowFloats = Width * ChannelBlocks.Lanes;
        LineStep = RowFloats;
        BlockEntries = Taps;
        LastTerms = LastChannels;
        InputBlockStride = InPlace ? columns.Inputs * rows.Inputs * ChannelBlocks.Lanes : ColumnPlanes * rows.Planes * CopiedRows * Width * ChannelBlocks.Lanes;
    }

    public ConvolutionAxis Rows { get; }

    public ConvolutionAxis Columns { get; }

    public int Groups { get; }

    /// <summary>Blocks of input channels of a group.</summary>
    public int InputBlocks { get; }

    /// <summary>How many of them are copied at once.</summary>
    public int CopiedBlocks { get; }

    /// <summary>Channels of the last of them.</summary>
    public int LastChannels { get; }

    /// <summary>Blocks of output channels of a group.</summary>
    public int OutputBlocks { get; }

    /// <summary>Output channels of a group.</summary>
    public int OutputChannels { get; }

    /// <summary>Size of the whole result, all phases.</summary>
    public int OutputHeight { get; }

    public int OutputWidth { get; }

    public int Taps { get; }

    /// <summary>Lines are padded to a multiple of so many pixels: half a tile, or one.</summary>
    public int Segment { get; }

    /// <summary>The input is read where it lies.</summary>
    public bool InPlace { get; }

    /// <summary>
    /// Every kernel column has a copy of its own, as wide as the output: the pixels of all rows lie in one line and no tile ends with a row. Otherwise
    /// rows are padded to whole half tiles, which is exact for widths such as 7, 14, 28, … and copies less.
    /// </summary>
    public bool Exact { get; }

    /// <summary>
    /// The copy holds the few channels there are and nothing else, so that a row of the kernel is one run of neighbouring terms: an entry of its own.
    /// </summary>
    public bool Compact { get; }

    /// <summary>What is copied lies in rows, channel by channel, and not in channel blocks.</summary>
    public bool InRows { get; }

    public int ColumnPlanes { get; }

    /// <summary>Pixels of a copied row.</summary>
    public int Width { get; }

    public int RowTiles { get; }

    public int RowsAtOnce { get; }

    /// <summary>Rows of a plane in the copy.</summary>
    public int CopiedRows { get; }

    /// <summary>Floats of a copied row.</summary>
    public int RowFloats { get; }

    /// <summary>Floats from the input of a pixel to that of its right neighbour.</summary>
    public int PixelStep { get; }

    /// <summary>Floats from the input of a pixel to that of its lower neighbour.</summary>
    public int LineStep { get; }

    /// <summary>Runs of neighbouring terms in an input block.</summary>
    public int BlockEntries { get; }

    /// <summary>Terms of each run of the last input block; those of the others have 16.</summary>
    public int LastTerms { get; }

    /// <summary>Half tiles of a line: of an output row, or, where the copy is exact, of all rows at once.</summary>
    public int LineHalves { get; }

    /// <summary>Floats from one input block to the next, in the copy or in place.</summary>
    public int InputBlockStride { get; }

    /// <summary>Input blocks whose weights make one panel.</summary>
    public int ChunkBlocks { get; }

    /// <summary>Pairs of output blocks of a group.</summary>
    public int Pairs => (OutputBlocks + 1) / 2;

    /// <summary>Items of a sample.</summary>
    public int Items => RowTiles * Groups * Pairs;

    /// <summary>Terms of one output.</summary>
    public int Depth => ((InputBlocks - 1) * ChannelBlocks.Lanes + LastChannels) * Taps;

    /// <summary>Floats of all packed weights.</summary>
    public long PackedSize => (long)Groups * OutputBlocks * ChannelBlocks.Lanes * Depth;

    /// <summary>Pixels between two lines of sums.</summary>
    public int SumPitch => Exact ? Columns.Outputs : LineHalves * Segment;

    /// <summary>Pixels of the sums of one output block.</summary>
    public int SumPixels => Exact ? LineHalves * Segment : RowsAtOnce * LineHalves * Segment;

    /// <summary>Floats of the table of offsets: two for a pointer-sized integer.</summary>
    public int TableSize => (InputBlocks * Taps * 2 + 15) / 16 * 16;

    /// <summary>Floats of a worker's scratch: table, bias, sums, copied input, and what the last tile reads behind it.</summary>
    public long Scratch =>
        TableSize + 2 * ChannelBlocks.Lanes + 2L * SumPixels * ChannelBlocks.Lanes
        + (InPlace ? 0 : (long)CopiedBlocks * InputBlockStride + Segment * ChannelBlocks.Lanes);

    /// <summary>The forward pass.</summary>
    public static DirectPass Forward(in ConvolutionShape s, int segment) => new(
        ConvolutionAxis.Forward(s.Height, s.OutputHeight, s.KernelHeight, s.StrideHeight, s.PaddingHeight, s.DilationHeight),
        ConvolutionAxis.Forward(s.Width, s.OutputWidth, s.KernelWidth, s.StrideWidth, s.PaddingWidth, s.DilationWidth),
        s.TileGroups, s.Channels, s.Filters, s.OutputHeight, s.OutputWidth, segment, inRows: s.Input == InputOrder.Rows);

    /// <summary>
    /// The forward pass as the gradient by the weight wants it: <paramref name="blocks"/> input blocks at once, rows that end where they end.
    /// </summary>
    public static DirectPass Weights(in ConvolutionShape s, int blocks) => new(
        ConvolutionAxis.Forward(s.Height, s.OutputHeight, s.KernelHeight, s.StrideHeight, s.PaddingHeight, s.DilationHeight),
        ConvolutionAxis.Forward(s.Width, s.OutputWidth, s.KernelWidth, s.StrideWidth, s.PaddingWidth, s.DilationWidth),
        s.TileGroups, s.Channels, s.Filters, s.OutputHeight, s.OutputWidth, 1, blocks, s.Input == InputOrder.Rows);

    /// <summary>Phase <paramref name="phase"/> of StrideHeight * StrideWidth of the gradient by the input.</summary>
    public static DirectPass Gradient(in ConvolutionShape s, int phase, int segment) => new(
        ConvolutionAxis.Gradient(s.Height, s.OutputHeight, s.KernelHeight, s.StrideHeight, s.PaddingHeight, s.DilationHeight, phase / s.StrideWidth),
        ConvolutionAxis.Gradient(s.Width, s.OutputWidth, s.KernelWidth, s.StrideWidth, s.PaddingWidth, s.DilationWidth, phase % s.StrideWidth),
        s.TileGroups, s.Filters, s.Channels, s.Height, s.Width, segment);

    /// <summary>Writes where each (input block, kernel row, kernel column), or each kernel row of a compact copy, lies from a tile's first pixel.</summary>
    public void FillTable(nint* offsets)
    {
        for (var block = 0; block < InputBlocks; block++)
        {
            for (var r = 0; r < Rows.Taps; r++)
            {
                for (var c = 0; c < (Compact ? 1 : Columns.Taps); c++)
                {
                    *offsets++ = (nint)block * InputBlockStride + (InPlace ? 0 : TapOffset(r, c));
                }
            }
        }
    }

    /// <summary>Where a tap lies in the copy of one input block.</summary>
    public int TapOffset(int row, int column)
    {
        if (Compact)
        {
            return row * Rows.TapStep * RowFloats;
        }

        var plane = Exact ? column : Columns.Plane(column);
        var shift = Exact ? 0 : Columns.Shift(column);
        return (((plane * Rows.Planes + Rows.Plane(row)) * CopiedRows + Rows.Shift(row)) * Width + shift) * ChannelBlocks.Lanes;
    }
}
