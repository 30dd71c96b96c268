using NetDsl.Generators.Emit.Cpu.Channels;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Emit;

public class ConvolutionAlgorithmTests
{
    [Theory]
    [InlineData(7, 64, 64, 1, 28, "FftConvolution")]
    [InlineData(7, 16, 16, 1, 28, "FftConvolution")]
    [InlineData(7, 64, 32, 2, 28, "FftConvolution")]
    [InlineData(11, 96, 128, 1, 27, "FftConvolution")]
    [InlineData(15, 64, 64, 1, 28, "FftConvolution")]
    [InlineData(31, 32, 32, 1, 56, "FftConvolution")]
    [InlineData(5, 64, 64, 1, 28, "WinogradConvolution")]
    [InlineData(3, 64, 64, 1, 28, "WinogradConvolution")]
    [InlineData(1, 64, 64, 1, 28, "DirectConvolution")]
    // Few channels, small results, groups that are no whole blocks, one filter a channel.
    [InlineData(7, 3, 64, 1, 28, "DirectConvolution")]
    [InlineData(7, 64, 64, 1, 4, "DirectConvolution")]
    [InlineData(7, 40, 40, 2, 28, "DirectConvolution")]
    [InlineData(7, 64, 64, 64, 28, "DirectConvolution")]
    // Fully convolutional VGG's first dense layer: gigabytes of transformed weights.
    [InlineData(7, 512, 4096, 1, 28, "DirectConvolution")]
    [InlineData(49, 16, 16, 1, 112, "DirectConvolution")]
    public void Sizes_choose_the_algorithm(int kernel, int channels, int filters, int group, int size, string expected)
    {
        Assert.Equal(expected, ConvolutionAlgorithm.Of(Same(kernel, channels, filters, group, size), "Fastest").Class);
        Assert.Equal("DirectConvolution", ConvolutionAlgorithm.Of(Same(kernel, channels, filters, group, size), "Exact").Class);
    }

    [Theory]
    [InlineData(7, 512, 4096, 8, "ColumnConvolution")]
    [InlineData(1, 4096, 4096, 8, "ColumnConvolution")]
    // More pixels, fewer weights, fewer filters; Winograd's are faster.
    [InlineData(1, 4096, 4096, 28, "DirectConvolution")]
    [InlineData(1, 1024, 1024, 8, "DirectConvolution")]
    [InlineData(1, 9000, 512, 8, "DirectConvolution")]
    [InlineData(3, 512, 1024, 8, "WinogradConvolution")]
    public void Many_weights_for_few_pixels_are_read_as_they_are(int kernel, int channels, int filters, int size, string expected)
    {
        Assert.Equal(expected, ConvolutionAlgorithm.Of(Same(kernel, channels, filters, 1, size), "Fastest").Class);
        Assert.Equal(expected.Replace("Winograd", "Direct", StringComparison.Ordinal), ConvolutionAlgorithm.Of(Same(kernel, channels, filters, 1, size), "Exact").Class);
    }

    [Fact]
    public void The_reader_is_told_what_it_saves() =>
        Assert.Equal(
            "Fourier transforms of 16×16 points: 382 products for 100 results instead of 4900.", ConvolutionAlgorithm.Of(Same(7, 64, 64, 1, 28), "Fastest").Reason);

    [Fact]
    public void Strides_and_dilations_stay_with_sums_of_products()
    {
        var g = Same(7, 64, 64, 1, 28);
        Assert.Equal("DirectConvolution", ConvolutionAlgorithm.Of(g with { StrideHeight = 2, OutputHeight = 14 }, "Fastest").Class);
        Assert.Equal("DirectConvolution", ConvolutionAlgorithm.Of(g with { DilationWidth = 2, PaddingWidth = 6 }, "Fastest").Class);
    }

    /// <summary>A convolution that keeps height and width.</summary>
    static ConvolutionGeometry Same(int kernel, int channels, int filters, int group, int size) =>
        new(channels, size, size, filters, size, size, kernel, kernel, 1, 1, kernel / 2, kernel / 2, 1, 1, group);
}
