using NetDsl.Generators.Emit;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Frontend;
using NetDsl.Generators.Tests.Passes;

namespace NetDsl.Generators.Tests.Zoo;

/// <summary>The networks of the zoo through the compiler's middle, the large ones too, whose kernels are not emitted.</summary>
public class ZooPipelineTests
{
    public static TheoryData<string> Names =>
    [
        .. Directory.EnumerateFiles(Project.PathOf("networks"), "*.cs", SearchOption.AllDirectories)
            .Where(static f => File.ReadAllText(f).Contains("\n[Network", StringComparison.Ordinal))
            .Select(static f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Both_programs_are_valid_and_do_all_the_work_of_the_layers(string name)
    {
        var graph = Project.Graph(Project.Zoo(name));
        var rows = SummaryTable.Rows(graph);

        var train = Pipeline.Compile(graph, ProgramMode.Train, static (_, g) => GraphVerifier.Verify(g));
        var forward = train.Kernels.Where(static k => !k.Backward).Sum(static k => KernelSummary.MultiplyAdds(k).Value);
        Assert.Equal(rows.Sum(static r => r.MultiplyAdds.Value) - OfPredictionsOnly(graph), forward);
        Assert.Equal(graph.Parameters.Count(static p => !p.Frozen), train.Graph.Results.Count(static r => r.Kind == ResultKind.Gradient));

        var predict = Pipeline.Compile(graph, ProgramMode.Predict, static (_, g) => GraphVerifier.Verify(g));
        Assert.Equal(
            rows.Where(static r => !r.TrainingOnly).Sum(static r => r.MultiplyAdds.Value),
            predict.Kernels.Take(predict.EvaluationStart).Sum(static k => KernelSummary.MultiplyAdds(k).Value));
    }

    /// <summary>A mean field iterates twice as often in a prediction: the work of what only that needs.</summary>
    static long OfPredictionsOnly(Graph graph)
    {
        var choices = graph.Nodes.Where(static n => n.Operator.Name == "InTraining").ToDictionary(static n => n.Result, static n => n.Operands[1]);
        var training = graph with { Nodes = graph.Nodes.Select(n => choices.TryGetValue(n.Result, out var taken) ? n with { Operands = [taken, taken] } : n).ToEquatableArray() };
        var needed = Reachability.Needed(training, static _ => true);
        return graph.Nodes.Where(n => !needed.Contains(n.Result)).Sum(static n => n.MultiplyAdds.Value);
    }

    /// <summary>Networks small enough for a symbolic run of every float.</summary>
    [Theory]
    [InlineData("SmallInception"), InlineData("CifarFull"), InlineData("CifarFullSigmoidBn"), InlineData("PNet"), InlineData("RNet"), InlineData("LogisticRegression")]
    public void The_memory_plan_overwrites_nothing_that_is_read_later(string name)
    {
        var graph = Project.Graph(Project.Zoo(name));
        PlanChecker.Check(Pipeline.Compile(graph, ProgramMode.Train));
        PlanChecker.Check(Pipeline.Compile(graph, ProgramMode.Predict));
    }
}
