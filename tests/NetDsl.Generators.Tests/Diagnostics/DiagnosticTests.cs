using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Tests.Frontend;

namespace NetDsl.Generators.Tests.Diagnostics;

public class DiagnosticTests
{
    static readonly IReadOnlyList<(string Id, string Message, string Source)> Programs = [.. MustFail.Programs, .. BadArguments.Programs];

    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        for (var i = 0; i < Programs.Count; i++)
        {
            cases.Add(i, Programs[i].Id);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_program_fails_with_exactly_the_marked_diagnostic(int index, string id)
    {
        var (_, message, source) = Programs[index];
        var expected = $"{Place(source, '«')}-{Place(source, '»')} {id}: {message}";
        var compilation = Project.Compile(("Net.cs", source.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal)));
        Assert.Empty(compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));

        Assert.Equal(expected, string.Join('\n', (await Analyze(compilation)).Select(Text)));
        // A warning is the analyzer's alone: the build goes on to it.
        Assert.Equal(Descriptors.All[id].DefaultSeverity == DiagnosticSeverity.Error ? expected : "", string.Join('\n', Generate(compilation).Select(Text)));
    }

    [Fact]
    public void Every_id_has_a_program_a_release_row_and_a_section()
    {
        var folder = Path.Combine(Root(), "generators", "NetDsl.Generators");
        var ids = Descriptors.All.Keys.Order().ToList();
        // What cannot fail on purpose: an internal error of the compiler has its own test.
        Assert.Equal(ids.Where(static i => i != Descriptors.Internal.Id), MustFail.Programs.Select(static p => p.Id).Distinct().Order());

        var rows = File.ReadLines(Path.Combine(folder, "AnalyzerReleases.Unshipped.md")).Concat(File.ReadLines(Path.Combine(folder, "AnalyzerReleases.Shipped.md")));
        Assert.Equal(ids, rows.Where(static r => r.StartsWith("NDSL", StringComparison.Ordinal)).Select(static r => r.Split('|')[0].Trim()).Order());

        var sections = File.ReadLines(Path.Combine(folder, "Diagnostics", "README.md")).Where(static l => l.StartsWith("## NDSL", StringComparison.Ordinal));
        Assert.Equal(ids, sections.Select(static s => s[3..]));
    }

    /// <summary>What an operator of the library demands of its arguments, some program does not meet.</summary>
    [Fact]
    public void Every_requirement_has_a_program_that_violates_it()
    {
        var requirements = typeof(Layers).GetMethods(BindingFlags.Public | BindingFlags.Static).SelectMany(static m => m.GetCustomAttributes<RequiresAttribute>()).Select(static r => r.Message).Distinct();
        var patterns = requirements.Select(static message => string.Join(".+", Regex.Split(message, @"\{[^}]*\}").Select(Regex.Escape)) + "$");
        Assert.All(patterns, static pattern => Assert.Contains(Programs, p => Regex.IsMatch(p.Message, pattern)));
    }

    [Fact]
    public void A_mistake_in_a_helper_is_reported_there_and_at_the_call()
    {
        var compilation = Project.Compile(
            ("GoogLeNet.cs", """
                [Network]
                public partial class GoogLeNet
                {
                    static Tensor Forward([Shape(Batch, 512, 4, 4)] Tensor x)
                    {
                        return x | ReLU | Heads.Aux(8);
                    }
                }
                """),
            ("Heads.cs", """
                static class Heads
                {
                    public static Layer Aux(int classes) => x => x
                        | AvgPool(5)
                        | Dense(classes);
                }
                """));
        Assert.Equal(
            [
                "GoogLeNet.cs(6,27): AvgPool(5) does not fit its input [N, 512, 4, 4]: the window is 5×5; use kernel ≤ 4  (in Heads.cs(4,11): AvgPool(5))",
                "Heads.cs(4,11): AvgPool(5) does not fit its input [N, 512, 4, 4]: the window is 5×5; use kernel ≤ 4  (called at GoogLeNet.cs(6,27): Heads.Aux(8))",
            ],
            Generate(compilation).Select(static d => $"{d.Location.GetLineSpan().Path}({d.Location.GetLineSpan().StartLinePosition.Line + 1},{d.Location.GetLineSpan().StartLinePosition.Character + 1}): {d.GetMessage()}").Order());
    }

    [Fact]
    public void Deep_nesting_on_a_small_stack_is_a_diagnostic()
    {
        var source = Project.Network("Tensor Deep(Tensor t, int n) => n == 0 ? t : ((t | (u => u | (v => Deep(v, n - 1))))); return Deep(x, 190);");
        var compilation = Project.Compile(("Net.cs", source));
        Assert.Empty(compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));
        var id = Project.OnStack(1 << 20, () => Project.Evaluate(compilation).Diagnostics.Single().Id);
        Assert.Equal("NDSL304", id);
    }

    static string Text(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetLineSpan();
        return $"({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1})-({span.EndLinePosition.Line + 1},{span.EndLinePosition.Character + 1}) {diagnostic.Id}: {diagnostic.GetMessage()}";
    }

    static string Place(string source, char mark)
    {
        var before = source[..source.IndexOf(mark, StringComparison.Ordinal)];
        var line = before.Count(static c => c == '\n');
        var column = before[(before.LastIndexOf('\n') + 1)..].Count(static c => c is not '«');
        return $"({line + 1},{column + 1})";
    }

    static ImmutableArray<Diagnostic> Generate(Compilation compilation) =>
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: Project.Options).RunGenerators(compilation).GetRunResult().Diagnostics;

    static Task<ImmutableArray<Diagnostic>> Analyze(Compilation compilation) =>
        compilation.WithAnalyzers([new NetworkAnalyzer()]).GetAnalyzerDiagnosticsAsync();

    static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
