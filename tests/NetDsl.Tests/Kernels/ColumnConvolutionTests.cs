using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

public class ColumnConvolutionTests
{
    const double Tolerance = 2e-5;

    [Theory]
    [InlineData(16, 7, 7, 48, 1, 1, 0, 1), InlineData(48, 7, 7, 80, 3, 1, 1, 1), InlineData(20, 5, 6, 21, 3, 1, 1, 1), InlineData(3, 23, 23, 20, 7, 2, 3, 1)]
    [InlineData(33, 13, 13, 101, 3, 1, 1, 1), InlineData(17, 1, 3, 5, 1, 1, 0, 1), InlineData(16, 11, 12, 32, 3, 1, 2, 2), InlineData(100, 8, 8, 70, 7, 1, 3, 1)]
    [InlineData(16, 6, 6, 16, 2, 3, 0, 1), InlineData(1, 1, 9, 3, 3, 1, 1, 1), InlineData(800, 3, 3, 50, 1, 1, 0, 1), InlineData(70, 9, 9, 49, 5, 4, 2, 1)]
    public void All_passes_follow_the_definition(int channels, int height, int width, int filters, int kernel, int stride, int padding, int dilation)
    {
        var check = new ConvolutionCheck(Square(channels, height, width, filters, kernel, stride, padding, dilation), 2, Tolerance);
        check.Run<Lanes512, Columns>(2);
        check.Run<Lanes256, Columns>(1);
        check.Run<Lanes128, Columns>(3);
        check.Run<ScalarLane, Columns>(1);
    }

    [Fact]
    public void Axes_may_differ_in_everything()
    {
        var check = new ConvolutionCheck(new(18, 13, 16, 34, 12, 7, 3, 4, 1, 2, 2, 1, 2, 1, 1), 3, Tolerance);
        check.Run<Lanes512, Columns>(1);
        check.Run<Lanes256, Columns>(1);
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_workers()
    {
        var check = new ConvolutionCheck(Square(100, 9, 9, 200, 3, 1, 1, 1), 3, Tolerance);
        var alone = check.Run<Lanes512, Columns>(1);
        Assert.Equal(alone, check.Run<Lanes512, Columns>(2));
        Assert.Equal(alone, check.Run<Lanes512, Columns>(7));
        Assert.Equal(check.Run<Lanes256, Columns>(1), check.Run<Lanes256, Columns>(3));
    }

    static ConvolutionShape Square(int channels, int height, int width, int filters, int kernel, int stride, int padding, int dilation)
    {
        int Size(int size) => (size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
        return new(channels, height, width, filters, Size(height), Size(width), kernel, kernel, stride, stride, padding, padding, dilation, dilation, 1);
    }
}
