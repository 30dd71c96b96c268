using NetDsl.Generators.Emit;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Frontend;

namespace NetDsl.Generators.Tests.Emit;

public class SampleIndependenceTests
{
    [Fact]
    public void Samples_are_apart_until_the_loss()
    {
        var program = Pipeline.Compile(
            Project.Graph("""
                [Network]
                public partial class Net
                {
                    static Tensor Forward([Shape(Batch, 6)] Tensor x) => x | Dense(3) | Tanh;

                    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels digit) => SoftmaxCrossEntropy(scores, digit);
                }
                """),
            ProgramMode.Predict);
        Assert.NotEqual(program.Kernels.Count, program.EvaluationStart);
        Assert.True(SampleIndependence.Holds(program));
        Assert.False(SampleIndependence.Holds(program with { EvaluationStart = program.Kernels.Count }));
    }

    [Fact]
    public void A_random_number_is_of_a_sample_by_its_place_in_the_batch()
    {
        var graph = Project.Forward("return F(x);", members: """
            [Elementwise(nameof(Of))]
            static Tensor F(Tensor x) => throw new NotExecutableException();
            static float Of(float x, float random) => x + random;
            """);
        Assert.False(SampleIndependence.Holds(Pipeline.Compile(graph, ProgramMode.Predict)));
    }
}
