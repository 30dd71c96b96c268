using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

public class SampleWinogradTests
{
    /// <summary>kernel, channels, height, width, filters, padding, samples: sizes that cut tiles, sets and register tiles, and more than one block.</summary>
    public static TheoryData<int, int, int, int, int, int, int> Shapes => new()
    {
        { 5, 20, 12, 12, 50, 0, 17 },
        { 5, 16, 8, 9, 16, 2, 40 },
        { 5, 3, 7, 6, 5, 1, 3 },
        { 5, 33, 6, 11, 25, 4, 16 },
        { 5, 1, 5, 5, 1, 0, 1 },
        { 3, 16, 8, 8, 32, 1, 33 },
        { 3, 25, 5, 7, 13, 0, 5 },
        { 3, 7, 10, 9, 26, 2, 16 },
        { 3, 1, 3, 3, 1, 1, 2 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void All_passes_follow_the_definition(int kernel, int channels, int height, int width, int filters, int padding, int samples)
    {
        var check = new SampleConvolutionCheck(
            new(
                channels, height, width, filters, height + 2 * padding - kernel + 1, width + 2 * padding - kernel + 1, kernel, kernel, 1, 1, padding, padding, 1, 1, 1),
            samples, winograd: true);
        Assert.Equal(check.Run<Lanes512>(1), check.Run<Lanes512>(3));
        Assert.Equal(check.Run<Lanes256>(1), check.Run<Lanes256>(2));
        check.Run<Lanes128>(3);
        check.Run<ScalarLane>(1);
    }
}
