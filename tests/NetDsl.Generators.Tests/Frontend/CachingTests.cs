using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetDsl.Generators.Tests.Frontend;

/// <summary>What an edit makes the generator do again. Its steps pass values that compare equal, so most edits end at the first.</summary>
public class CachingTests
{
    const string Network = """
        [Network]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, 3, 8, 8)] Tensor x) => x | Conv(4, kernel: 3) | Helper.Head(10);
            static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);
        }
        """;

    const string Helper = """
        public static class Helper
        {
            [Block]
            public static Layer Head(int classes) => Dense(classes);
        }
        """;

    [Fact]
    public void The_same_program_is_not_compiled_again() => AssertCached(static c => c.Clone());

    [Fact]
    public void An_edit_elsewhere_regenerates_nothing() =>
        AssertCached(static c => c.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Other { int n = 3; }", Project.Options, "Other.cs")));

    [Fact]
    public void Moving_a_network_in_its_file_regenerates_nothing() =>
        AssertCached(static c => Replace(c, "Net.cs", "\n\n// a comment\n" + Network.Replace("=> x", "=>\n        x", StringComparison.Ordinal)));

    [Fact]
    public void Moving_a_helper_regenerates_nothing() => AssertCached(static c => Replace(c, "Helper.cs", "\n" + Helper));

    [Theory]
    [InlineData("Net.cs", "Conv(4,", "Conv(5,")]
    [InlineData("Helper.cs", "Dense(classes)", "Dense(classes, bias: false)")]
    public void An_edit_of_a_network_or_its_helper_is_seen(string path, string from, string to)
    {
        var driver = Run(Project.Compile(("Net.cs", Network), ("Helper.cs", Helper)), out var compilation);
        var source = (path == "Net.cs" ? Network : Helper).Replace(from, to, StringComparison.Ordinal);
        Assert.Contains(Reasons(driver.RunGenerators(Replace(compilation, path, source)), "Graph"), static r => r == IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void What_is_generated_compiles()
    {
        Run(Project.Compile(("Net.cs", Network), ("Helper.cs", Helper)), out var compilation);
        var driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: Project.Options);
        driver.RunGeneratorsAndUpdateCompilation(compilation.WithOptions(compilation.Options.WithAllowUnsafe(true)), out var output, out _);
        Assert.Empty(output.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));
    }

    static void AssertCached(Func<CSharpCompilation, CSharpCompilation> edit)
    {
        var driver = Run(Project.Compile(("Net.cs", Network), ("Helper.cs", Helper)), out var compilation);
        var again = driver.RunGenerators(edit(compilation));
        foreach (var step in new[] { "Evaluate", "Graph", "Emit", "Shared", "Blocks", "GlobalUsings" })
        {
            Assert.All(Reasons(again, step), static r => Assert.True(r is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, r.ToString()));
        }

        var outputs = again.GetRunResult().Results.Single().TrackedOutputSteps.Values.SelectMany(static s => s).SelectMany(static s => s.Outputs).ToList();
        Assert.NotEmpty(outputs);
        Assert.All(outputs, static o => Assert.Equal(IncrementalStepRunReason.Cached, o.Reason));
    }

    static List<IncrementalStepRunReason> Reasons(GeneratorDriver driver, string step)
    {
        var reasons = driver.GetRunResult().Results.Single().TrackedSteps[step].SelectMany(static s => s.Outputs).Select(static o => o.Reason).ToList();
        Assert.NotEmpty(reasons);
        return reasons;
    }

    static GeneratorDriver Run(CSharpCompilation source, out CSharpCompilation compilation)
    {
        compilation = source;
        return CSharpGeneratorDriver
            .Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: Project.Options, driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true))
            .RunGenerators(source);
    }

    static CSharpCompilation Replace(CSharpCompilation compilation, string path, string source)
    {
        var old = compilation.SyntaxTrees.Single(t => t.FilePath == path);
        return compilation.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(source, Project.Options, path));
    }
}
