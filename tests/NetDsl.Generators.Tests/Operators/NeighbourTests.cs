using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Operators;

/// <summary>Operators that read neighbouring channels, where channels lie in blocks: numbers of channels that fill blocks and that do not, and windows wider than a block.</summary>
public class NeighbourTests
{
    [Theory]
    [InlineData("20, 3, 6", 5), InlineData("32, 5, 4", 3), InlineData("17, 1, 1", 5), InlineData("3, 4, 5", 7), InlineData("40, 3, 3", 37)]
    public void They_run_on_blocks_and_agree_with_the_reference(string shape, int size)
    {
        var filters = shape.Split(',')[0];
        var compiled = CompiledNetwork.Of($$"""
            [Network(Layout = Layout.Channels)]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, {{shape}})] Tensor x) =>
                    x | Conv({{filters}}, kernel: 1, name: "first") | ReLU | LRN(size: {{size}}, alpha: 0.7f, beta: 0.6f, k: 2) | Conv({{filters}}, kernel: 1, name: "second");

                static Tensor Loss(Tensor y) => 0.5f * BatchSum(SampleSum(y * y));
            }
            """);
        var test = new OperatorCase(compiled, batch: 3, most: 12);
        foreach (var width in new[] { VectorWidth.Scalar, VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512 })
        {
            using var device = new CpuDevice(width == VectorWidth.Scalar ? 3 : 1, width);
            OperatorTests.Check(test, device, $"{width}");
        }

        using var one = Device.Cpu(threads: 1);
        using var network = compiled.On(one, 1);
        // Of the input and of what leaves the program.
        Assert.All(network.Definition.Train!.Kernels.Where(static k => k.Description.Contains("layout", StringComparison.Ordinal)), static k => Assert.DoesNotContain("lrn", k.Name, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(network.Definition.Train.Kernels, static k => k.Name.Contains("LrnScale", StringComparison.OrdinalIgnoreCase));
    }
}
