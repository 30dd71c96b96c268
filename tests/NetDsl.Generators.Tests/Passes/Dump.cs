using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Ir;
namespace NetDsl.Generators.Tests.Passes;
public class Dump
{
    [Theory]
    [MemberData(nameof(SampleGraphs.Names), MemberType = typeof(SampleGraphs))]
    public void It(string name)
    {
        foreach (var mode in new[] { ProgramMode.Train, ProgramMode.Predict })
            File.WriteAllText($"/tmp/plan-{name}-{mode}.txt", ProgramPrinter.Print(Pipeline.Compile(SampleGraphs.Get(name), mode)));
    }
}
