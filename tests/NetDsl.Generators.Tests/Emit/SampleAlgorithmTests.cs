using NetDsl.Generators.Ir;
using NetDsl.Generators.Emit.Cpu.Channels;

namespace NetDsl.Generators.Tests.Emit;

public class SampleAlgorithmTests
{
    [Theory]
    [InlineData(20, 50, 8, 5, 1, 1, "SampleWinograd")]
    [InlineData(16, 16, 7, 3, 1, 1, "SampleWinograd")]
    [InlineData(1, 20, 24, 5, 1, 1, "SampleConvolution")]
    [InlineData(20, 15, 8, 5, 1, 1, "SampleConvolution")]
    [InlineData(32, 32, 8, 5, 2, 1, "SampleConvolution")]
    [InlineData(32, 32, 8, 5, 1, 2, "SampleConvolution")]
    [InlineData(32, 32, 8, 7, 1, 1, "SampleConvolution")]
    [InlineData(32, 32, 1, 5, 1, 1, "SampleConvolution")]
    [InlineData(32, 32, 1, 3, 1, 1, "SampleConvolution")]
    public void Where_lanes_are_samples_Winograd_is_for_many_channels_and_whole_tiles(int channels, int filters, int output, int kernel, int stride, int group, string library)
    {
        var geometry = Geometry(channels, filters, output, kernel, stride, group);
        Assert.Equal(library, ConvolutionAlgorithm.OfSamples(geometry, "Automatic").Class);
        Assert.Equal("SampleConvolution", ConvolutionAlgorithm.OfSamples(geometry, "Exact").Class);
    }

    [Fact]
    public void Emitted_code_says_why()
    {
        var geometry = Geometry(20, 50, 8, 5, 1, 1);
        Assert.Equal("Winograd F(2×2, 5×5): 36 products for 4 results instead of 100.", ConvolutionAlgorithm.OfSamples(geometry, "Automatic").Reason);
        Assert.Equal("A plain sum of products, as the network asks.", ConvolutionAlgorithm.OfSamples(geometry, "Exact").Reason);
    }

    static ConvolutionGeometry Geometry(int channels, int filters, int output, int kernel, int stride, int group)
    {
        var size = (output - 1) * stride + kernel;
        return new(channels, size, size, filters, output, output, kernel, kernel, stride, stride, 0, 0, 1, 1, group);
    }
}
