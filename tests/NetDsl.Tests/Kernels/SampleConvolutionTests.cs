using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

public class SampleConvolutionTests
{
    /// <summary>channels, height, width, filters, kernel, stride, padding, dilation, group, samples.</summary>
    public static TheoryData<int, int, int, int, int, int, int, int, int, int> Shapes => new()
    {
        { 1, 12, 12, 20, 5, 1, 0, 1, 1, 3 },
        { 6, 9, 8, 13, 5, 1, 2, 1, 1, 17 },
        { 3, 14, 11, 7, 3, 2, 1, 1, 1, 40 },
        { 8, 5, 6, 12, 1, 1, 0, 1, 1, 64 },
        { 3, 15, 15, 2, 7, 4, 0, 1, 1, 16 },
        { 4, 9, 10, 6, 3, 1, 2, 2, 2, 5 },
        { 6, 10, 9, 6, 3, 2, 2, 3, 3, 33 },
        { 5, 7, 7, 5, 3, 1, 1, 1, 5, 20 },
        { 2, 6, 6, 3, 2, 3, 0, 1, 1, 4 },
        { 13, 4, 4, 25, 3, 1, 3, 1, 1, 2 },
        { 2, 1, 1, 3, 1, 10, 3, 1, 1, 2 },
        { 24, 30, 5, 3, 3, 1, 1, 1, 1, 1 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void All_passes_follow_the_definition(
        int channels, int height, int width, int filters, int kernel, int stride, int padding, int dilation, int group, int samples)
    {
        int Size(int size) => (size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
        var shape = new ConvolutionShape(
            channels, height, width, filters, Size(height), Size(width), kernel, kernel, stride, stride, padding, padding, dilation, dilation, group);
        var check = new SampleConvolutionCheck(shape, samples);
        Assert.Equal(check.Run<Lanes512>(1), check.Run<Lanes512>(3));
        Assert.Equal(check.Run<Lanes256>(1), check.Run<Lanes256>(2));
        check.Run<Lanes128>(3);
        check.Run<ScalarLane>(1);
    }

    [Fact]
    public void Axes_may_differ_in_everything()
    {
        var check = new SampleConvolutionCheck(new(6, 13, 16, 8, 12, 7, 3, 4, 1, 2, 2, 1, 2, 1, 2), 18);
        check.Run<Lanes512>(1);
        check.Run<Lanes256>(1);
    }
}
