using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

public class WinogradConvolutionTests
{
    /// <summary>Relative to the largest value: what the transforms' rounding costs; a plain sum of products keeps 2e-5.</summary>
    const double Tolerance = 1e-4;

    /// <summary>kernel, group, channels, height, width, filters, padding, samples: sizes that cut tiles, part of a block, more than one set of tiles.</summary>
    public static TheoryData<int, int, int, int, int, int, int, int> Shapes => new()
    {
        { 5, 1, 16, 8, 8, 32, 2, 2 },
        { 5, 1, 20, 7, 6, 21, 1, 3 },
        { 5, 1, 3, 7, 9, 5, 0, 2 },
        { 5, 1, 33, 13, 11, 40, 4, 1 },
        { 5, 2, 96, 9, 11, 64, 2, 2 },
        { 5, 1, 130, 5, 5, 48, 3, 1 },
        { 5, 1, 1, 5, 5, 1, 0, 1 },
        { 3, 3, 48, 9, 11, 96, 1, 2 },
        { 3, 2, 160, 6, 7, 224, 1, 2 },
        { 3, 1, 16, 8, 8, 32, 1, 2 },
        { 3, 1, 20, 5, 6, 21, 1, 3 },
        { 3, 1, 3, 7, 9, 5, 0, 2 },
        { 3, 1, 96, 14, 14, 80, 1, 2 },
        { 3, 1, 33, 13, 11, 40, 2, 1 },
        { 3, 1, 130, 6, 5, 48, 1, 5 },
        { 3, 1, 16, 30, 31, 16, 1, 2 },
        { 3, 1, 1, 3, 3, 1, 1, 1 },
        { 3, 1, 256, 6, 5, 112, 1, 2 },
        { 3, 1, 256, 4, 5, 208, 1, 1 },
        { 3, 1, 344, 5, 4, 345, 1, 1 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void All_passes_follow_the_definition(int kernel, int group, int channels, int height, int width, int filters, int padding, int samples)
    {
        var check = new ConvolutionCheck(Shape(kernel, group, channels, height, width, filters, padding), samples, Tolerance);
        check.Run<Lanes512, Winograd>(2);
        check.Run<Lanes256, Winograd>(1);
        check.Run<Lanes128, Winograd>(3);
        check.Run<ScalarLane, Winograd>(1);
    }

    [Theory, InlineData(3), InlineData(5)]
    public void Results_do_not_depend_on_the_number_of_workers(int kernel)
    {
        var check = new ConvolutionCheck(Shape(kernel, 2, 64, 19, 18, 96, 1), 3, Tolerance);
        var alone = check.Run<Lanes256, Winograd>(1);
        Assert.Equal(alone, check.Run<Lanes256, Winograd>(2));
        Assert.Equal(alone, check.Run<Lanes256, Winograd>(7));
    }

    static ConvolutionShape Shape(int kernel, int group, int channels, int height, int width, int filters, int padding) =>
        new(
            channels, height, width, filters, height + 2 * padding - kernel + 1, width + 2 * padding - kernel + 1, kernel, kernel, 1, 1, padding, padding, 1, 1, group);
}
