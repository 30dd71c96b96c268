using NetDsl.Generators.Emit;
using NetDsl.Generators.Emit.Cpu;
using NetDsl.Generators.Tests.Frontend;
using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>Kernels that differ in sizes only are one method, in one network and across networks.</summary>
public class SharedKernelTests
{
    [Fact]
    public void Networks_of_other_sizes_use_the_same_methods()
    {
        var (small, large) = (Members("A", 8, "MaxPool(2)"), Members("B", 20, "MaxPool(2)"));
        Assert.Equal(Names(small), Names(large));
        Assert.Equal(2, SharedFiles.Of([.. small, .. large]).Count());
        Assert.Equal(SharedFiles.Of(small), SharedFiles.Of([.. small, .. large]));
    }

    [Fact]
    public void Another_window_is_another_method()
    {
        var (two, three) = (Names(Members("A", 12, "MaxPool(2)")), Names(Members("A", 12, "MaxPool(3)")));
        Assert.Contains(two.Except(three), static name => name.StartsWith("MaxPool", StringComparison.Ordinal));
        Assert.DoesNotContain(two.Except(three), static name => name.StartsWith("SoftmaxLoss", StringComparison.Ordinal));
    }

    /// <summary>There may be no shared class where all kernels are calls of the library.</summary>
    [Theory]
    [InlineData("image")]
    [InlineData("image | Conv(4, kernel: 3)")]
    [InlineData("image | Conv(4, kernel: 3) | ReLU")]
    [InlineData("image | Dense(4)")]
    [InlineData("image | Flatten")]
    public void A_network_need_not_use_any(string forward)
    {
        var network = EmittedNetwork.Of($$"""
            [Network]
            public partial class Single
            {
                static Tensor Forward([Shape(Batch, 3, 8, 8)] Tensor image) => {{forward}};
            }
            """);
        using var device = Device.Cpu(threads: 1);
        foreach (var batch in new[] { 1, 17 })
        {
            using var single = network.Create(device, batch);
            single.Initialize(seed: 1);
            single.SetInput(0, new float[batch * 3 * 8 * 8]);
            Assert.All(single.RunPrediction().ToArray(), static value => Assert.Equal(0, value));
        }

        SimtPrograms.CompileToPtx(network.Simt(training: false));
    }

    [Fact]
    public void Two_texts_of_one_name_are_refused()
    {
        var member = new SharedMember(SharedClass.CpuKernels, "Tanh_00000000", "void A() { }");
        var error = Assert.Throws<InvalidOperationException>(() => SharedFiles.Of([member, member with { Text = "void B() { }" }]).ToList());
        Assert.Contains("Tanh_00000000", error.Message, StringComparison.Ordinal);
        Assert.Single(SharedFiles.Of([member, member]));
    }

    [Fact]
    public void Sizes_of_one_name_and_value_are_one_parameter()
    {
        List<SizeArgument> sizes = [];
        var text = SizeMark.Name($"{SizeMark.Of("H", 8)} {SizeMark.Of("H", 8)} {SizeMark.Of("H", 9)} {SizeMark.Of("W", 8)} {SizeMark.Of("rows", 3_000_000_000)}", sizes);
        Assert.Equal("H H H2 W 3000000000", text);
        Assert.Equal([("H", "8"), ("H2", "9"), ("W", "8")], sizes.Select(static s => (s.Name, s.Value)));
    }

    static List<SharedMember> Members(string name, int size, string pooling) => [.. NetworkCode.Of(Project.Graph($$"""
        [Network]
        public partial class {{name}}
        {
            static Tensor Forward([Shape(Batch, 3, {{size}}, {{size}})] Tensor image) => image | {{pooling}} | Tanh | Dense({{size}});

            static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);
        }
        """)).Members];

    static List<string> Names(IEnumerable<SharedMember> members) => [.. members.Select(static m => m.Name).Order(StringComparer.Ordinal)];
}
