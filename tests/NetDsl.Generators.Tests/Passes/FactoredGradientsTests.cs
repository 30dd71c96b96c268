using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Frontend;

namespace NetDsl.Generators.Tests.Passes;

public class FactoredGradientsTests
{
    [Fact]
    public void A_gradient_far_larger_than_its_factors_is_computed_behind_all_others()
    {
        var program = Compile("x | Dense(1024, name: \"first\") | ReLU | Dense(1024, name: \"second\") | ReLU | Dense(3, name: \"last\")");
        Assert.Equal(["SecondWeightGradient", "FirstWeightGradient"], program.Kernels.Skip(program.FactoredStart).Select(static k => k.Name));
        Assert.DoesNotContain(program.Kernels.Take(program.FactoredStart), static k => k.IsFactored);
        PlanChecker.Check(program);
    }

    [Fact]
    public void Its_memory_lies_behind_that_of_small_neighbours()
    {
        var program = Compile("x | Dense(1024, name: \"first\") | ReLU | Dense(1024, name: \"second\") | ReLU | Dense(3, name: \"last\")");
        var large = program.Graph.Parameters.Select((p, i) => (p.Path, Offset: program.ParameterOffsets[i])).OrderBy(static p => p.Offset).TakeLast(2);
        Assert.Equal(["first.weight", "second.weight"], large.Select(static p => p.Path));
    }

    [Theory]
    [InlineData("x | Dense(64) | ReLU | Dense(3)")] // Small.
    [InlineData("Shared(x, Dense(1024))")] // A sum over its two uses.
    [InlineData("x | Dense(1023) | ReLU | Dense(1023) | ReLU | Dense(3)", 1023)] // Rows do not end with a cache line.
    [InlineData("x | Dense(1024) | ReLU | Dense(3)", 1024, "Samples")] // Sixteen samples lie side by side: for small networks.
    public void Others_stay_where_they_are(string forward, int inputs = 1024, string layout = "Channels")
    {
        var program = Compile(forward, inputs, layout);
        Assert.Equal(program.Kernels.Count, program.FactoredStart);
    }

    static Program Compile(string forward, int inputs = 1024, string layout = "Channels") => Pipeline.Compile(Project.Graph($$"""
        [Network(Layout = Layout.{{layout}})]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, {{inputs}})] Tensor x) => {{forward}};

            static Tensor Shared(Tensor x, Layer layer) => x | layer | layer | Dense(3);

            static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);
        }
        """), ProgramMode.Train);
}
