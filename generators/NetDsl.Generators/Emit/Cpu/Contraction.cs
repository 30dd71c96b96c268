namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// A convolution seen from its result: target rows of <see cref="Width"/> pixels, each a sum over source channels, kernel rows and taps. All strides count
/// floats of the weight, which lies as [K, C/group, KH, KW].
/// </summary>
/// <param name="TargetsPerGroup">Channels of the result in a group.</param>
/// <param name="Height">Rows of the result.</param>
/// <param name="Width">Pixels of a row of the result.</param>
/// <param name="SourcesPerGroup">Channels that are summed over.</param>
/// <param name="SourceHeight">Rows of the source.</param>
/// <param name="SourceWidth">Pixels of a row of the source.</param>
/// <param name="TargetStride">In the weight, from one target channel to the next.</param>
/// <param name="SourceStride">In the weight, from one source channel to the next.</param>
/// <param name="PixelStep">A segment's first pixel is a multiple of this, so that all segments align alike with the stride.</param>
/// <param name="Column">The source column of a target pixel and a tap, or null where there is none.</param>
/// <param name="Origin">The source column from which a segment's offsets count.</param>
/// <param name="OriginText">The same as C#, for the variable <c>column</c>.</param>
/// <param name="Rows">Where the kernel rows come from.</param>
sealed record Contraction(
    int TargetsPerGroup, int Height, int Width,
    int SourcesPerGroup, int SourceHeight, int SourceWidth,
    int TargetStride, int SourceStride,
    int PixelStep,
    Func<int, int, int?> Column,
    Func<int, int> Origin,
    string OriginText,
    KernelRows Rows)
{
    public static Contraction Forward(ConvolutionGeometry g) => new(
        g.FiltersPerGroup, g.OutputHeight, g.OutputWidth,
        g.ChannelsPerGroup, g.Height, g.Width,
        g.ChannelsPerGroup * g.KernelHeight * g.KernelWidth, g.KernelHeight * g.KernelWidth,
        1,
        g.InputColumn,
        start => start * g.StrideWidth,
        g.StrideWidth == 1 ? "column" : $"column * {g.StrideWidth}",
        KernelRows.Forward(g));

    public static Contraction InputGradient(ConvolutionGeometry g) => new(
        g.ChannelsPerGroup, g.Height, g.Width,
        g.FiltersPerGroup, g.OutputHeight, g.OutputWidth,
        g.KernelHeight * g.KernelWidth, g.ChannelsPerGroup * g.KernelHeight * g.KernelWidth,
        g.StrideWidth,
        g.OutputColumn,
        start => start / g.StrideWidth,
        g.StrideWidth == 1 ? "column" : $"column / {g.StrideWidth}",
        KernelRows.InputGradient(g));

    /// <summary>C# for where a target channel's weights begin, in the variables <c>target</c> and <c>group</c>.</summary>
    /// <param name="forward">Targets are filters.</param>
    /// <param name="groups">How many groups there are.</param>
    public string WeightOrigin(bool forward, int groups) => forward || groups == 1
        ? $"target * {TargetStride}"
        : $"group * {SourcesPerGroup * SourceStride} + (target - group * {TargetsPerGroup}) * {TargetStride}";
}
