using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

public class FftConvolutionTests
{
    /// <summary>Relative to the largest value: what the transforms' rounding costs.</summary>
    const double Tolerance = 1e-5;

    /// <summary>
    /// Kernel's height and width, group, channels, height, width, filters, padding, samples: tiles of 16, 32 and 64 points, sizes that cut them, part of a block, more
    /// than one set of tiles, padding as large as the kernel and larger.
    /// </summary>
    public static TheoryData<int, int, int, int, int, int, int, int, int> Shapes => new()
    {
        { 7, 7, 1, 16, 8, 8, 32, 3, 2 },
        { 7, 7, 1, 20, 17, 16, 21, 3, 3 },
        { 7, 7, 2, 32, 14, 23, 96, 3, 1 },
        { 9, 7, 1, 3, 12, 13, 5, 0, 2 },
        { 11, 11, 1, 16, 21, 12, 16, 5, 2 },
        { 11, 10, 1, 34, 13, 14, 32, 5, 2 },
        { 7, 7, 1, 130, 9, 9, 48, 3, 1 },
        { 1, 1, 1, 1, 1, 1, 1, 0, 1 },
        { 3, 2, 1, 17, 40, 41, 33, 4, 5 },
        { 12, 3, 1, 17, 13, 30, 16, 2, 2 },
        { 15, 15, 1, 16, 19, 33, 16, 7, 1 },
        { 15, 16, 1, 16, 16, 16, 16, 9, 2 },
        { 31, 24, 1, 16, 9, 40, 16, 15, 1 },
        { 48, 48, 2, 32, 48, 49, 32, 0, 1 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void All_passes_follow_the_definition(int kernelHeight, int kernelWidth, int group, int channels, int height, int width, int filters, int padding, int samples)
    {
        var check = new ConvolutionCheck(Shape(kernelHeight, kernelWidth, group, channels, height, width, filters, padding), samples, Tolerance);
        check.Run<Lanes512, Fft>(2);
        check.Run<Lanes256, Fft>(1);
        check.Run<Lanes128, Fft>(3);
        check.Run<ScalarLane, Fft>(1);
    }

    [Theory, InlineData(7, 16), InlineData(13, 18)]
    public void Results_do_not_depend_on_the_number_of_workers(int kernel, int size)
    {
        var check = new ConvolutionCheck(Shape(kernel, kernel, 2, 64, size, size + 1, 96, 1), 3, Tolerance);
        var alone = check.Run<Lanes256, Fft>(1);
        Assert.Equal(alone, check.Run<Lanes256, Fft>(2));
        Assert.Equal(alone, check.Run<Lanes256, Fft>(7));
    }

    static ConvolutionShape Shape(int kernelHeight, int kernelWidth, int group, int channels, int height, int width, int filters, int padding) =>
        new(
            channels, height, width, filters, height + 2 * padding - kernelHeight + 1, width + 2 * padding - kernelWidth + 1, kernelHeight, kernelWidth, 1, 1,
            padding, padding, 1, 1, group);
}
