using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

public class DirectConvolutionTests
{
    const double Tolerance = 2e-5;

    /// <summary>channels, height, width, filters, kernel, stride, padding, dilation, group.</summary>
    public static TheoryData<int, int, int, int, int, int, int, int, int> Shapes => new()
    {
        { 16, 7, 7, 32, 1, 1, 0, 1, 1 },
        { 48, 7, 7, 80, 3, 1, 1, 1, 1 },
        { 20, 5, 6, 21, 3, 1, 1, 1, 1 },
        { 3, 23, 23, 20, 7, 2, 3, 1, 1 },
        { 3, 31, 27, 24, 11, 4, 0, 1, 1 },
        { 32, 14, 14, 16, 5, 1, 2, 1, 1 },
        { 33, 13, 13, 40, 3, 1, 1, 1, 1 },
        { 17, 1, 3, 5, 1, 1, 0, 1, 1 },
        { 1, 6, 8, 15, 1, 2, 0, 1, 1 },
        { 2, 66, 65, 3, 65, 1, 0, 1, 1 },
        { 64, 9, 11, 32, 1, 2, 0, 1, 1 },
        { 16, 10, 9, 16, 3, 2, 1, 1, 1 },
        { 16, 11, 12, 32, 3, 1, 2, 2, 1 },
        { 16, 12, 12, 16, 3, 2, 2, 3, 1 },
        { 16, 6, 6, 16, 2, 3, 0, 1, 1 },
        { 64, 8, 8, 96, 3, 1, 1, 1, 2 },
        { 32, 8, 8, 64, 3, 1, 1, 1, 8 },
        { 20, 6, 6, 12, 3, 1, 1, 1, 2 },
        { 40, 9, 9, 40, 3, 2, 1, 1, 40 },
        { 16, 4, 4, 16, 3, 1, 3, 1, 1 },
        { 520, 8, 9, 17, 3, 1, 1, 1, 1 },
        { 640, 4, 5, 192, 3, 1, 1, 1, 1 },
        { 16, 70, 61, 16, 3, 1, 1, 1, 1 },
        { 3, 32, 32, 32, 5, 1, 2, 1, 1 },
        { 1, 28, 28, 20, 5, 1, 0, 1, 1 },
        { 3, 17, 40, 64, 3, 1, 1, 1, 1 },
        { 1, 1, 9, 3, 3, 1, 1, 1, 1 },
        { 4, 19, 18, 96, 5, 3, 1, 1, 1 },
        { 8, 12, 13, 17, 7, 2, 6, 1, 1 },
        { 6, 11, 10, 12, 3, 1, 1, 1, 3 },
        { 5, 8, 9, 7, 2, 5, 0, 1, 1 },
        { 3, 9, 9, 16, 3, 1, 2, 2, 1 },
        { 16, 31, 5, 16, 1, 1, 0, 1, 1 },
        { 20, 17, 10, 16, 1, 1, 0, 1, 1 },
        { 16, 17, 10, 24, 3, 1, 1, 1, 1 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void All_passes_follow_the_definition(int channels, int height, int width, int filters, int kernel, int stride, int padding, int dilation, int group)
    {
        var check = new ConvolutionCheck(Square(channels, height, width, filters, kernel, stride, padding, dilation, group), 2, Tolerance);
        check.Run<Lanes512, Direct>(2);
        check.Run<Lanes256, Direct>(1);
        check.Run<Lanes128, Direct>(3);
        check.Run<ScalarLane, Direct>(1);
    }

    [Fact]
    public void Axes_may_differ_in_everything()
    {
        var shape = new ConvolutionShape(18, 13, 16, 34, 12, 7, 3, 4, 1, 2, 2, 1, 2, 1, 2);
        var check = new ConvolutionCheck(shape, 3, Tolerance);
        check.Run<Lanes512, Direct>(1);
        check.Run<Lanes256, Direct>(1);
    }

    [Theory]
    [InlineData(64, 28, 28, 96, 3, 1), InlineData(32, 15, 15, 48, 3, 2), InlineData(48, 14, 14, 32, 1, 1), InlineData(3, 40, 33, 96, 5, 1)]
    public void Results_do_not_depend_on_the_number_of_workers(int channels, int height, int width, int filters, int kernel, int stride)
    {
        var check = new ConvolutionCheck(Square(channels, height, width, filters, kernel, stride, kernel / 2, 1, 1), 3, Tolerance);
        var alone = check.Run<Lanes512, Direct>(1);
        Assert.Equal(alone, check.Run<Lanes512, Direct>(2));
        Assert.Equal(alone, check.Run<Lanes512, Direct>(7));
        Assert.Equal(check.Run<Lanes256, Direct>(1), check.Run<Lanes256, Direct>(3));
    }

    [Theory]
    [InlineData(3, 20, 19, 40, 2, 3, 5, 1, 2, 4), InlineData(2, 17, 30, 8, 3, 2, 1, 2, 1, 0), InlineData(7, 9, 9, 24, 1, 5, 3, 1, 1, 2)]
    public void Few_channels_may_differ_in_rows_and_columns(
        int channels, int height, int width, int filters, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int dilationHeight, int padding)
    {
        var shape = new ConvolutionShape(
            channels, height, width, filters,
            (height + 2 * padding - dilationHeight * (kernelHeight - 1) - 1) / strideHeight + 1, (width + 2 * padding - kernelWidth) / strideWidth + 1,
            kernelHeight, kernelWidth, strideHeight, strideWidth, padding, padding, dilationHeight, 1, 1);
        var check = new ConvolutionCheck(shape, 2, Tolerance);
        check.Run<Lanes512, Direct>(2);
        check.Run<Lanes256, Direct>(3);
        check.Run<ScalarLane, Direct>(1);
    }

    [Theory]
    [InlineData(1, 9, 3, 1, 1), InlineData(2, 12, 5, 2, 2), InlineData(3, 23, 7, 2, 3), InlineData(4, 10, 3, 1, 0), InlineData(5, 11, 3, 3, 1), InlineData(7, 9, 5, 1, 2), InlineData(8, 8, 3, 1, 1)]
    public void Few_channels_are_read_from_rows_as_from_blocks(int channels, int size, int kernel, int stride, int padding)
    {
        var blocks = Square(channels, size, size + 2, 20, kernel, stride, padding, 1, 1);
        var rows = new ConvolutionCheck(blocks with { Input = InputOrder.Rows }, 2, Tolerance);
        Assert.Equal(new ConvolutionCheck(blocks, 2, Tolerance).Run<Lanes512, Direct>(1), rows.Run<Lanes512, Direct>(2));
        rows.Run<Lanes256, Direct>(1);
        rows.Run<ScalarLane, Direct>(3);
    }

    [Fact]
    public void Other_convolutions_do_not_read_rows() =>
        Assert.Throws<ArgumentException>(() => DirectConvolution.ForwardItems(Square(3, 8, 8, 16, 1, 1, 0, 1, 1) with { Input = InputOrder.Rows }));

    static ConvolutionShape Square(int channels, int height, int width, int filters, int kernel, int stride, int padding, int dilation, int group)
    {
        int Size(int size) => (size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
        return new(
            channels, height, width, filters, Size(height), Size(width), kernel, kernel, stride, stride, padding, padding, dilation, dilation, group);
    }
}
