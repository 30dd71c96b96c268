using NetDsl.Generators.Ir;
using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>Products on a GPU, which groups of threads work on in tiles: the same sums, bit for bit, however large a group is.</summary>
public class SimtProductTests
{
    const int Batch = 3;

    static readonly OperatorSpec Conv = ReflectedOperator.Of(typeof(ConvKernel), 0, ("y", "k ho wo"), ("x", "c h w"), ("weight", "k cg kh kw"), ("bias", "k")) with
    {
        Anchor = AnchorKind.Convolution,
    };

    static readonly (string, object)[] Sizes =
    [
        ("C", 8), ("H", 12), ("W", 11), ("K", 20), ("HO", 12), ("WO", 11), ("kernelHeight", 3), ("kernelWidth", 3), ("strideHeight", 1), ("strideWidth", 1),
        ("paddingHeight", 1), ("paddingWidth", 1), ("dilationHeight", 1), ("dilationWidth", 1), ("group", 2),
    ];

    /// <summary>Forward; by the input; by the weight, whose depth of 396 is summed in parts; by the bias. Two groups of channels.</summary>
    [Theory]
    [InlineData(""), InlineData("x"), InlineData("weight"), InlineData("bias")]
    public void A_groups_threads_change_no_sum(string target)
    {
        var b = new ProgramBuilder("Product");
        var (x, dy) = (b.Input("image", 8, 12, 11), b.Input("dy", 20, 12, 11));
        var (weight, bias) = (b.Parameter("conv1.weight", 20, 4, 3, 3), b.Parameter("conv1.bias", 20));
        var (type, space, operands) = target switch
        {
            "" => (TensorType.Sample(20, 12, 11), Space.Sample, (int[])[x, weight, bias]),
            "x" => (TensorType.Sample(8, 12, 11), Space.Sample, [dy, weight]),
            "weight" => (TensorType.Uniform(20, 4, 3, 3), Space.Gradient, [dy, x]),
            _ => (TensorType.Uniform(20), Space.Gradient, [dy]),
        };
        var node = b.Node(Conv, target, type, operands, "conv1", Sizes);
        var result = type.Batched ? b.Kernel("Conv1", node) : b.Kernel("Conv1", space, node);
        var program = (type.Batched ? b.Output("y", result) : b.Output($"conv1.{target}", result, ResultKind.Gradient)).Build();
        var simt = SimtPrograms.Load(program);
        SimtPrograms.CompileToPtx(simt);
        var product = Assert.Single(simt.Kernels).Launch;

        // Parts of the depth follow from the sizes alone.
        Assert.Equal(target is "weight" or "bias" ? 3 : 1, SimtTiling.Of(product.Sums!, product.Batched, Batch, 256).Parts);

        float[][] sums = [.. new[] { 1, 2, 8 }.Select(threads =>
        {
            var memory = new SimtMemory(program, Batch);
            SimtPrograms.Run(simt, Batch, memory, groupThreads: threads);
            return memory.Of(result, type.Batched ? Batch - 1 : 0).ToArray();
        })];

        Assert.Equal(sums[0], sums[1]);
        Assert.Equal(sums[0], sums[2]);
        Assert.DoesNotContain(0f, sums[0]);
    }
}
