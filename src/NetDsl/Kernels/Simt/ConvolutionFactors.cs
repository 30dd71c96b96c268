namespace NetDsl.Kernels;

/// <summary>Rows are filters; the depth runs over their channels and taps, as they lie.</summary>
readonly struct Filters(SimtTensor weight, int first, SimtProductSizes sizes) : ISimtFactor
{
    public bool AlongDepth => true;

    public float At(Place place, Place depth) => weight[((first + place.Outer) * sizes.Depth) + sizes.DepthAxes.Flat(depth)];
}

/// <summary>Rows are channels; the depth runs over the filters and their taps.</summary>
readonly struct ChannelsOfFilters(SimtTensor weight, int first, int channels, Axes taps) : ISimtFactor
{
    public bool AlongDepth => true;

    public float At(Place place, Place depth) => weight[taps.Flat(new(((first + depth.Outer) * channels) + place.Outer, depth.Middle, depth.Inner))];
}

/// <summary>Rows are filters; the depth runs over the pixels of all samples.</summary>
readonly struct OutputGradients(SimtTensor dy, int first, Axes pixels) : ISimtFactor
{
    public bool AlongDepth => true;

    public float At(Place place, Place depth) => dy[depth.Outer, pixels.Flat(new(first + place.Outer, depth.Middle, depth.Inner))];
}

/// <summary>Columns are the outputs' pixels; the depth runs over channels and taps: what an output reads.</summary>
readonly struct Patches(ConvolutionShape shape, SimtTensor x, int firstChannel, int firstFilter) : ISimtColumns
{
    public bool AlongDepth => false;

    public float At(Place place, Place depth)
    {
        var h = (place.Middle * shape.StrideHeight) + (depth.Middle * shape.DilationHeight) - shape.PaddingHeight;
        var w = (place.Inner * shape.StrideWidth) + (depth.Inner * shape.DilationWidth) - shape.PaddingWidth;
        return h >= 0 && h < shape.Height && w >= 0 && w < shape.Width ? x[place.Outer, ((((firstChannel + depth.Outer) * shape.Height) + h) * shape.Width) + w] : 0f;
    }

    public int Sample(Place column) => column.Outer;

    public int Element(int row, Place column) => ((((firstFilter + row) * shape.OutputHeight) + column.Middle) * shape.OutputWidth) + column.Inner;
}

/// <summary>The same with the roles exchanged: columns are channels and taps, the depth runs over the outputs' pixels.</summary>
readonly struct PatchesOfPixels(Patches patches, SimtProductSizes sizes, int firstFilter) : ISimtColumns
{
    public bool AlongDepth => true;

    public float At(Place place, Place depth) => patches.At(depth, place);

    public int Sample(Place column) => 0;

    public int Element(int row, Place column) => ((firstFilter + row) * sizes.Columns) + sizes.ColumnAxes.Flat(column);
}

/// <summary>Columns are the inputs' pixels; the depth runs over filters and taps: the outputs that read an input through a tap.</summary>
readonly struct ReachingOutputs(ConvolutionShape shape, SimtTensor dy, int firstFilter, int firstChannel) : ISimtColumns
{
    public bool AlongDepth => false;

    public float At(Place place, Place depth)
    {
        var h = place.Middle + shape.PaddingHeight - (depth.Middle * shape.DilationHeight);
        var w = place.Inner + shape.PaddingWidth - (depth.Inner * shape.DilationWidth);
        if (h < 0 || w < 0)
        {
            return 0f;
        }

        // No division where outputs lie as densely as inputs.
        var ho = shape.StrideHeight == 1 ? h : h / shape.StrideHeight;
        var wo = shape.StrideWidth == 1 ? w : w / shape.StrideWidth;
        return ho < shape.OutputHeight && wo < shape.OutputWidth && ho * shape.StrideHeight == h && wo * shape.StrideWidth == w
            ? dy[place.Outer, ((((firstFilter + depth.Outer) * shape.OutputHeight) + ho) * shape.OutputWidth) + wo]
            : 0f;
    }

    public int Sample(Place column) => column.Outer;

    public int Element(int row, Place column) => ((((firstChannel + row) * shape.Height) + column.Middle) * shape.Width) + column.Inner;
}

/// <summary>A column of ones: the sums are the sums of the rows.</summary>
readonly struct Ones : ISimtColumns
{
    public bool AlongDepth => true;

    public float At(Place place, Place depth) => 1f;

    public int Sample(Place column) => 0;

    public int Element(int row, Place column) => row;
}
