using NetDsl.Kernels;

namespace NetDsl.Runtime;

/// <summary>The product that a kernel is on a GPU, for one sample. Samples multiply its columns if the launch is for each sample, else its depth.</summary>
/// <param name="Rows">Rows of a group.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Depth">Products of a sum.</param>
/// <param name="ColumnAxes">What columns count along.</param>
/// <param name="DepthAxes">What the depth counts along.</param>
public sealed record SimtSums(int Rows, int Columns, int Depth, Axes ColumnAxes, Axes DepthAxes)
{
    /// <summary>Groups of channels, each a product of its own.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>The convolution that is summed.</summary>
    public ConvolutionShape Shape { get; init; }

    /// <summary>Filters by pixels, over channels and taps.</summary>
    public static SimtSums Convolution(ConvolutionShape shape) => new(
        shape.Filters / shape.Group, shape.OutputHeight * shape.OutputWidth, shape.Channels / shape.Group * shape.Taps,
        new(shape.OutputHeight, shape.OutputWidth), new(shape.KernelHeight, shape.KernelWidth)) { Groups = shape.Group, Shape = shape };

    /// <summary>Channels by pixels, over filters and taps.</summary>
    public static SimtSums ConvolutionByInput(ConvolutionShape shape) => new(
        shape.Channels / shape.Group, shape.Height * shape.Width, shape.Filters / shape.Group * shape.Taps,
        new(shape.Height, shape.Width), new(shape.KernelHeight, shape.KernelWidth)) { Groups = shape.Group, Shape = shape };

    /// <summary>Filters by channels and taps, over pixels.</summary>
    public static SimtSums ConvolutionByWeight(ConvolutionShape shape) => new(
        shape.Filters / shape.Group, shape.Channels / shape.Group * shape.Taps, shape.OutputHeight * shape.OutputWidth,
        new(shape.KernelHeight, shape.KernelWidth), new(shape.OutputHeight, shape.OutputWidth)) { Groups = shape.Group, Shape = shape };

    /// <summary>Filters, over pixels.</summary>
    public static SimtSums ConvolutionByBias(int filters, int height, int width) => new(filters, 1, height * width, new(1, 1), new(height, width));

    /// <summary>Units by rows of a sample, over inputs.</summary>
    public static SimtSums Dense(int rows, int units, int inputs) => new(units, rows, inputs, new(1, rows), new(1, 1));

    /// <summary>Inputs by rows of a sample, over units.</summary>
    public static SimtSums DenseByInput(int rows, int units, int inputs) => new(inputs, rows, units, new(1, rows), new(1, 1));

    /// <summary>Units by inputs, over rows of a sample.</summary>
    public static SimtSums DenseByWeight(int rows, int units, int inputs) => new(units, inputs, rows, new(1, inputs), new(1, rows));
}
