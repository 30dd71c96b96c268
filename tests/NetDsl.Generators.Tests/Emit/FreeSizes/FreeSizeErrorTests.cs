using NetDsl.Generators.Tests.Frontend;
using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Emit.FreeSizes;

/// <summary>What a free height and width make impossible, said while compiling, and what an instance refuses, in the words of the compiler.</summary>
public class FreeSizeErrorTests
{
    [Theory]
    [InlineData("Batch, Any, 8, 8", "return x;", "'x' leaves another axis free than its height and width: Any stands for the last two, [Shape(Batch, 3, Any, Any)]")]
    [InlineData("Batch, 3, Any, 8", "return x;", "'x' leaves another axis free than its height and width: Any stands for the last two, [Shape(Batch, 3, Any, Any)]")]
    [InlineData("Batch, 3, Any, Any", "return x | Conv(4, kernel: 3) | Dense(10);", "weight 'weight' is [10, 197136] where height and width are 224×224, but these are free: use layers whose weights do not depend on them, such as Conv or a pooling to a fixed size")]
    [InlineData("Batch, 3, Any, Any", "return x | Conv(4, kernel: 300);", "Conv(4, kernel: 300) does not fit its input [N, 3, 224, 224]: the kernel is 300×300; add 'padding: 150' or use kernel ≤ 224")]
    [InlineData("Batch, 3, Any, Any", "return x + (x | Conv(3, kernel: 3));", "'+' takes equal shapes but gets [N, 3, 224, 224] and [N, 3, 222, 222]: height 224 ≠ 222")]
    [InlineData("Batch, 3, Any, Any", "return x | Dropout(x.Shape[2] * 0.01f > 1 ? 0.5f : 0.1f);", "The height and width of this network are free; numbers can be computed from them, and whole ones compared")]
    [InlineData("Batch, 3, Any, Any", "return x | Dropout(x.Shape[3] / 140f);", "Dropout(x.Shape[3] / 140f): the rate is 1.6; it must be at least 0 and less than 1")]
    [InlineData("Batch, 3, Any, Any", "return x | Conv(1000 / (x.Shape[2] - 224), kernel: 1);", "This divides by zero")]
    public void The_compiler_says_so(string shape, string body, string message) =>
        Assert.Contains(message, Assert.Single(Project.Evaluate(Project.Network(body, shape)).Diagnostics).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Segmentation", 0, 5, "Segmentation takes a height and a width of 1 or more, not 0×5.")]
    [InlineData("Classification", 4, 20, "Classification cannot have a height and width of 4×20: Conv(16, kernel: (5, 3), stride: (2, 2)) does not fit its input [N, 3, 4, 20]: the kernel is 5×3; add 'padding: 2' or use kernel ≤ 4.")]
    [InlineData("Segmentation", 40_000, 40_000, "Segmentation cannot have a height and width of 40000×40000: a layer would have more than 2,147,483,647 elements a sample; cut the image into parts.")]
    [InlineData("Movements", 2, 9, "Movements cannot have a height and width of 2×9: ")]
    public void An_instance_says_which_layer_does_not_fit(string name, int height, int width, string message)
    {
        using var device = Device.Cpu(threads: 1);
        var error = Assert.ThrowsAny<ArgumentException>(() => FreeSizeNetworks.Any(name).Create(device, 1, height, width));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_any_size_need_an_image_of_any_size()
    {
        const string source = """
            [Network]
            public partial class Fixed
            {
                static Tensor Forward([Shape(Batch, 3, 8, 8)] Tensor image) => image | Conv(4, kernel: 3);

                static Tensor Loss(Tensor scores, [Shape(Batch, Any, Any)] Labels label) => SoftmaxCrossEntropy(scores, label);
            }
            """;
        Assert.Contains("'label' leaves its height and width free, but no input of Forward does, so they are numbers here, too", Assert.Single(Project.Evaluate(("Net.cs", source)).Diagnostics).Message, StringComparison.Ordinal);
    }

    /// <summary>What a rule says of a float holds for the instance's.</summary>
    [Fact]
    public void An_argument_made_of_a_size_is_checked_again()
    {
        const string source = """
            [Network(Height = 32, Width = 40)]
            public partial class Dropping
            {
                static Tensor Forward([Shape(Batch, 2, Any, Any)] Tensor image) => image | Dropout(1 - 8f / image.Shape[3]) | Conv(4, kernel: 3);
            }
            """;
        var network = EmittedNetwork.Of(source);
        using var device = Device.Cpu(threads: 1);
        using var wide = network.Create(device, 1, 20, 8);
        var error = Assert.Throws<ArgumentException>(() => network.Create(device, 1, 20, 5));
        Assert.Equal("Dropping cannot have a height and width of 20×5: Dropout(1 - 8f / image.Shape[3]): the rate is -0.6; it must be at least 0 and less than 1.", error.Message);
    }

    /// <summary>Two ways of an image meet only where its height is even.</summary>
    [Fact]
    public void What_is_equal_at_the_reference_must_be_equal()
    {
        const string source = """
            [Network(Height = 32, Width = 32)]
            public partial class Meeting
            {
                static Tensor Forward([Shape(Batch, 2, Any, Any)] Tensor image) =>
                    image + (image | Conv(2, kernel: 2, stride: 2) | ConvTranspose(2, kernel: 2, stride: 2, name: "back"));
            }
            """;
        var network = EmittedNetwork.Of(source);
        using var device = Device.Cpu(threads: 1);
        using var even = network.Create(device, 1, 18, 24);
        var error = Assert.Throws<ArgumentException>(() => network.Create(device, 1, 19, 24));
        Assert.Equal("Meeting cannot have a height and width of 19×24: image + (image | Conv(2, kernel: 2, stride: 2) | ConvTransp… does not fit its inputs [N, 2, 19, 24] and [N, 2, 18, 24]: [N, 2, 19, 24] ≠ [N, 2, 18, 24].", error.Message);
    }

    /// <summary>A choice of the declaration is made once.</summary>
    [Fact]
    public void A_choice_that_comes_out_differently_needs_another_network()
    {
        const string source = """
            [Network(Height = 32, Width = 40)]
            public partial class Choosing
            {
                static Tensor Forward([Shape(Batch, 2, Any, Any)] Tensor image) => image.Shape[2] > 20 ? image | Conv(4, kernel: 3) | MaxPool(2) : image | Conv(4, kernel: 3);
            }
            """;
        var network = EmittedNetwork.Of(source);
        using var device = Device.Cpu(threads: 1);
        using var high = network.Create(device, 1, 21, 9);
        var error = Assert.Throws<ArgumentException>(() => network.Create(device, 1, 20, 9));
        Assert.Equal("Choosing cannot have a height and width of 20×9: 'image.Shape[2] > 20' was compiled for a height and width of 32×40; 20×9 needs another network there.", error.Message);
    }
}
