using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Ir;

namespace NetDsl.Generators.Tests.Passes;

public class PipelineTests
{
    [Theory]
    [MemberData(nameof(SampleGraphs.Names), MemberType = typeof(SampleGraphs))]
    public void Every_pass_leaves_a_well_formed_graph(string name)
    {
        foreach (var mode in new[] { ProgramMode.Train, ProgramMode.Predict })
        {
            var passes = new List<string>();
            Pipeline.Compile(SampleGraphs.Get(name), mode, (pass, graph) =>
            {
                GraphVerifier.Verify(graph);
                passes.Add(pass);
            });
            Assert.True(passes.Count > 4);
        }
    }

    [Fact]
    public void Equal_graphs_compile_to_equal_programs()
    {
        var (a, b) = (Pipeline.Compile(SampleGraphs.Get("Lstm"), ProgramMode.Train), Pipeline.Compile(SampleGraphs.Get("Lstm"), ProgramMode.Train));
        Assert.Equal(a, b);
        Assert.Equal(ProgramPrinter.Print(a), ProgramPrinter.Print(b));
    }

    [Fact]
    public void Training_without_a_loss_is_refused()
    {
        var graph = GraphParser.Parse("network Silent {\n%0 : [N, 4] = input x\nreturn output=%0\n}");
        var exception = Assert.Throws<ArgumentException>(() => Pipeline.Compile(graph, ProgramMode.Train));
        Assert.StartsWith("Silent has no Loss: there is nothing that training could minimise.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_computes_nothing_compiles()
    {
        var program = Pipeline.Compile(GraphParser.Parse("network Nothing {\n%0 : [N, 4] = input x\nreturn output=%0\n}"), ProgramMode.Predict);
        PlanChecker.Check(program);
        Assert.Empty(program.Kernels);
        Assert.Equal(16, program.SampleSize);
    }
}
