using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetDsl.Generators.Tests.Frontend;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>Compiles emitted text with a user's project and loads the result.</summary>
static class EmittedAssembly
{
    static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    public static Assembly Load(params string[] texts) => Load(Project.Compile(), texts);

    public static Assembly Load(CSharpCompilation project, params string[] texts)
    {
        // A name of its own: all of them are loaded side by side.
        var compilation = project.WithAssemblyName($"Emitted{Guid.NewGuid():N}")
            .AddSyntaxTrees(texts.Select(static (text, index) => CSharpSyntaxTree.ParseText(text, Options, $"{index}.g.cs")))
            .WithOptions(project.Options.WithAllowUnsafe(true).WithOptimizationLevel(OptimizationLevel.Release));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        var problems = result.Diagnostics.Where(static d => d.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.True(problems.Count == 0, string.Join("\n", problems.Take(5)) + "\n" + string.Join("\n", texts));
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }
}
