using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetDsl.Generators.Tests.Frontend;

namespace NetDsl.Generators.Tests.Zoo;

/// <summary>The files of the zoo, those too that the zoo's project does not compile yet.</summary>
public class ZooSourceTests
{
    [Fact]
    public void The_whole_zoo_is_valid_CSharp()
    {
        var files = Files();
        Assert.True(files.Count > 50);
        // CS0246: what the compiler adds to each network is not there.
        Assert.Empty(Project.Compile([.. files]).GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error && d.Id != "CS0246"));
    }

    /// <summary>What is emitted for all of them together: equal kernels are written once.</summary>
    [Fact]
    public void The_whole_zoo_takes_less_than_sixty_thousand_lines()
    {
        var result = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: Project.Options).RunGenerators(Project.Compile([.. Files()])).GetRunResult();
        Assert.True(result.GeneratedTrees.Length > 160);
        Assert.InRange(result.GeneratedTrees.Sum(static tree => tree.GetText().Lines.Count), 1, 60_000);
    }

    [Fact]
    public void Every_network_has_a_recipe_a_summary_and_a_row_in_the_README()
    {
        var files = Files();
        var readme = Project.File("networks/README.md").Source;
        foreach (var (path, source) in files.Where(static f => f.Source.Contains("[Network]", StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            Assert.Contains($"public partial class {name}\n", source, StringComparison.Ordinal);
            Assert.Matches("/// <summary>(.|\n)*[(,;].*[0-9]{4}|Caffe", source);
            Assert.Contains($"`{name}`", readme, StringComparison.Ordinal);
            Assert.Contains(files, f => f.Source.Contains($"public partial class {name}\n", StringComparison.Ordinal) && f.Source.Contains("Recipe Recipe =>", StringComparison.Ordinal));
        }
    }

    static List<(string Path, string Source)> Files()
    {
        var zoo = Path.GetDirectoryName(Project.PathOf("networks/README.md"))!;
        return [.. Directory.EnumerateFiles(zoo, "*.cs", SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(zoo, f).StartsWith("obj", StringComparison.Ordinal) && !Path.GetRelativePath(zoo, f).StartsWith("bin", StringComparison.Ordinal))
            .Select(static f => (f, File.ReadAllText(f).ReplaceLineEndings("\n")))];
    }
}
