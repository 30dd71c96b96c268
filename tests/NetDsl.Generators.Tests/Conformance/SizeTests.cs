using NetDsl.Generators.Ir;
using NetDsl.Generators.Tests.Frontend;

namespace NetDsl.Generators.Tests.Conformance;

/// <summary>Output sizes and geometries as Caffe works them out.</summary>
public class SizeTests
{
    [Fact]
    public void Poolings_and_convolutions_have_Caffes_sizes()
    {
        foreach (var row in Golden.Group("pool_output_size").EnumerateArray())
        {
            var (size, kernel, stride, padding) = (row.Integer("i"), row.Integer("k"), row.Integer("s"), row.Integer("p"));
            var arguments = $"{kernel}, stride: {stride}, padding: {padding}";
            Assert.Equal(row.Integer("caffe_floor"), Size($"MaxPool({arguments}, rounding: Rounding.Floor)", size));
            Assert.Equal(row.Integer("conv"), Size($"Conv(1, kernel: {arguments})", size));

            var ceiling = row.Integer("caffe_ceil");
            if ((ceiling - 1) * stride < size + padding)
            {
                Assert.Equal(ceiling, Size($"MaxPool({arguments})", size));
                Assert.Equal(ceiling, Size($"AvgPool({arguments})", size));
            }
            else
            {
                // Caffe would give −FLT_MAX, and for averages 0/0, where the last window lies outside the input.
                var problem = Assert.Single(Project.Evaluate(Network($"MaxPool({arguments})", size)).Diagnostics);
                Assert.EndsWith("the last window lies outside the input; use 'rounding: Rounding.Floor'", problem.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Transposed_convolutions_have_Caffes_sizes()
    {
        foreach (var row in Golden.Group("deconv_output_size").EnumerateArray())
        {
            Assert.Equal(row.Integer("o"), Size($"ConvTranspose(1, kernel: {row.Integer("k")}, stride: {row.Integer("s")}, padding: {row.Integer("p")}, dilation: {row.Integer("d")})", row.Integer("i")));
        }
    }

    [Fact]
    public void Upsampling_has_the_geometry_of_Caffes_recipe()
    {
        foreach (var row in Golden.Group("bilinear_upsample_recipe").EnumerateArray())
        {
            var node = Project.Forward($"return x | Upsample({row.Integer("factor")});").Nodes[^1];
            Assert.Equal(
                (row.Integer("kernel_size"), row.Integer("stride"), row.Integer("pad"), 8 * row.Integer("factor")),
                (node.Integer("kernelHeight"), node.Integer("strideHeight"), node.Integer("paddingHeight"), node.Type.Sizes[1]));
        }
    }

    [Theory]
    [InlineData("fcn32s", "Fcn32s"), InlineData("fcn16s", "Fcn16s"), InlineData("fcn8s", "Fcn8s"), InlineData("fcn8s", "Fcn8sAtOnce"), InlineData("fcn8s", "CrfRnn"), InlineData("fcn_alexnet", "FcnAlexNet")]
    public void Fully_convolutional_networks_crop_where_Caffes_do(string golden, string network)
    {
        var starts = Project.Graph(Project.Zoo(network)).Nodes.Where(static n => n.Operator.Movement == MovementKind.Slice).ToList();
        int[] expected = [.. Golden.Group("crop_offsets_fcn").GetProperty(golden).EnumerateObject().Select(static crop => crop.Value.GetInt32())];
        Assert.Equal(expected, starts.Where(static n => n.Integer("axis") == 1).Select(static n => n.Integer("start")));
        Assert.Equal(expected, starts.Where(static n => n.Integer("axis") == 2).Select(static n => n.Integer("start")));
    }

    static long Size(string layer, int size) => Project.Graph(Network(layer, size)).Nodes[^1].Type.Sizes[1].Value;

    static string Network(string layer, int size) => Project.Network($"return x | {layer};", $"Batch, 1, {size}, {size}");
}
