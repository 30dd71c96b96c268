using CsCheck;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Ir;

namespace NetDsl.Generators.Tests.Passes;

public class BufferAssignmentTests
{
    [Theory]
    [MemberData(nameof(SampleGraphs.Names), MemberType = typeof(SampleGraphs))]
    public void No_live_value_of_a_network_is_overwritten(string name)
    {
        PlanChecker.Check(Pipeline.Compile(SampleGraphs.Get(name), ProgramMode.Train));
        PlanChecker.Check(Pipeline.Compile(SampleGraphs.Get(name), ProgramMode.Predict));
    }

    [Fact]
    public void No_live_value_of_a_random_network_is_overwritten() =>
        Gen.UInt.Array[0, 80].Sample(
            static choices =>
            {
                var graph = RandomGraph.From(choices);
                PlanChecker.Check(Pipeline.Compile(graph, ProgramMode.Train, static (_, g) => GraphVerifier.Verify(g)));
                PlanChecker.Check(Pipeline.Compile(graph, ProgramMode.Predict, static (_, g) => GraphVerifier.Verify(g)));
            },
            iter: 300,
            threads: 1);
}
