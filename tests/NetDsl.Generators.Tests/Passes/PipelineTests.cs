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
}
