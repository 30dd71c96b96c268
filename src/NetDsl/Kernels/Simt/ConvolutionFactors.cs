namespace NetDsl.Kernels;

/// <summary>Rows are filters; the depth runs over their channels and taps, as they lie.</summary>
readonly struct Filters(SimtTensor weight, int first, SimtProductSizes sizes) : ISimtRows
{
    public bool AlongDepth => true;

    public int Distance => sizes.Depth;

    public long Start(Place depth) => weight.Place(0, (first * sizes.Depth) + sizes.DepthAxes.Flat(depth));

    public float At(long place) => weight.Memory[place];
}

/// <summary>Rows are channels; the depth runs over the filters and their taps.</summary>
readonly struct ChannelsOfFilters(SimtTensor weight, int first, int channels, Axes taps) : ISimtRows
{
    public bool AlongDepth => true;

    public int Distance => taps.Middle * taps.Inner;

    public long Start(Place depth) => weight.Place(0, taps.Flat(new((first + depth.Outer) * channels, depth.Middle, depth.Inner)));

    public float At(long place) => weight.Memory[place];
}

/// <summary>Rows are filters; the depth runs over the pixels of all samples.</summary>
readonly struct OutputGradients(SimtTensor dy, int first, Axes pixels) : ISimtRows
{
    public bool AlongDepth => true;

    public int Distance => pixels.Middle * pixels.Inner;

    public long Start(Place depth) => dy.Place(depth.Outer, pixels.Flat(new(first, depth.Middle, depth.Inner)));

    public float At(long place) => dy.Memory[place];
}

/// <summary>Columns are the outputs' pixels; the depth runs over channels and taps: what an output reads.</summary>
readonly struct Patches(ConvolutionShape shape, SimtTensor x, int firstChannel, int firstFilter) : ISimtColumns
{
    public bool AlongDepth => false;

    public Spot Column(Place column) =>
        new(x.Place(column.Outer, 0), (column.Middle * shape.StrideHeight) - shape.PaddingHeight, (column.Inner * shape.StrideWidth) - shape.PaddingWidth);

    public Spot Depth(Place depth) =>
        new((firstChannel + depth.Outer) * shape.Height * shape.Width, depth.Middle * shape.DilationHeight, depth.Inner * shape.DilationWidth);

    public int Sample(Place column) => column.Outer;

    public int Element(int row, Place column) => ((((firstFilter + row) * shape.OutputHeight) + column.Middle) * shape.OutputWidth) + column.Inner;
}

/// <summary>The same with the roles exchanged: columns are channels and taps, the depth runs over the outputs' pixels.</summary>
readonly struct PatchesOfPixels(Patches patches, SimtProductSizes sizes, int firstFilter) : ISimtColumns
{
    public bool AlongDepth => true;

    public Spot Column(Place column) => patches.Depth(column);

    public Spot Depth(Place depth) => patches.Column(depth);

    public int Sample(Place column) => 0;

    public int Element(int row, Place column) => ((firstFilter + row) * sizes.Columns) + sizes.ColumnAxes.Flat(column);
}

/// <summary>Columns are the inputs' pixels; the depth runs over filters and taps: the outputs that read an input through a tap, where the stride lets them lie.</summary>
readonly struct ReachingOutputs(ConvolutionShape shape, SimtTensor dy, int firstFilter, int firstChannel) : ISimtColumns
{
    public bool AlongDepth => false;

    public Spot Column(Place column) => new(dy.Place(column.Outer, 0), column.Middle + shape.PaddingHeight, column.Inner + shape.PaddingWidth);

    public Spot Depth(Place depth) =>
        new((firstFilter + depth.Outer) * shape.OutputHeight * shape.OutputWidth, -depth.Middle * shape.DilationHeight, -depth.Inner * shape.DilationWidth);

    public int Sample(Place column) => column.Outer;

    public int Element(int row, Place column) => ((((firstChannel + row) * shape.Height) + column.Middle) * shape.Width) + column.Inner;
}

/// <summary>A single column, of ones: the sums are the sums of the rows.</summary>
readonly struct Ones : ISimtColumns
{
    public bool AlongDepth => true;

    public Spot Column(Place column) => default;

    public Spot Depth(Place depth) => default;

    public int Sample(Place column) => 0;

    public int Element(int row, Place column) => row;
}
