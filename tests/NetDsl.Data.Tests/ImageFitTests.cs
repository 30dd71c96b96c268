namespace NetDsl.Data.Tests;

public class ImageFitTests
{
    static int[] Fit(int[] image, int[] input) => ImageFit.Create(image, input)!.Sources.ToArray();

    [Theory]
    [InlineData(new[] { 28, 28 }), InlineData(new[] { 784 }), InlineData(new[] { 1, 28, 28 })]
    public void The_same_number_of_elements_is_read_in_order(int[] input)
    {
        var fit = ImageFit.Create([1, 28, 28], input)!;
        Assert.True(fit.IsIdentity);
        Assert.Null(fit.Description);
        Assert.Equal(784, fit.Length);
    }

    [Fact]
    public void A_grey_image_is_repeated_for_each_channel() =>
        Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3], Fit([1, 2, 2], [3, 2, 2]));

    [Fact]
    public void A_small_image_lies_in_the_middle_of_zeros() =>
        Assert.Equal(
            [
                -1, -1, -1, -1, -1,
                -1, 0, 1, 2, -1,
                -1, 3, 4, 5, -1,
                -1, 6, 7, 8, -1,
                -1, -1, -1, -1, -1,
                -1, -1, -1, -1, -1,
            ],
            Fit([1, 3, 3], [1, 6, 5]));

    [Fact]
    public void A_large_input_gets_the_image_enlarged_by_a_whole_factor() =>
        Assert.Equal(
            [
                0, 0, 1, 1, -1,
                0, 0, 1, 1, -1,
                2, 2, 3, 3, -1,
                2, 2, 3, 3, -1,
            ],
            Fit([1, 2, 2], [4, 5]));

    [Fact]
    public void What_was_done_is_told() =>
        Assert.Equal("1×28×28 placed in 3×227×227, each pixel 8×8", ImageFit.Create([1, 28, 28], [3, 227, 227])!.Description);

    [Theory]
    [InlineData(new[] { 3, 32, 32 }, new[] { 1, 32, 32 })]
    [InlineData(new[] { 1, 28, 28 }, new[] { 1, 24, 28 })]
    [InlineData(new[] { 1, 28, 28 }, new[] { 100 })]
    public void An_image_is_never_cut(int[] image, int[] input) => Assert.Null(ImageFit.Create(image, input));
}
