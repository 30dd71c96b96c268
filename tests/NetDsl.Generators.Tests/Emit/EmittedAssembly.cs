using System.Reflection;
using System.Runtime.Loader;
using ILGPU;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>Compiles emitted text as a user's project would and loads it.</summary>
static class EmittedAssembly
{
    static readonly Lazy<IReadOnlyList<MetadataReference>> References = new(static () =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Append(typeof(Layers).Assembly.Location)
            .Append(typeof(Index1D).Assembly.Location)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ]);

    public static Assembly Load(params string[] texts)
    {
        using var image = new MemoryStream();
        var result = Compile(texts).Emit(image);
        var errors = result.Diagnostics.Where(static d => d.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.True(errors.Count == 0, string.Join("\n", errors.Take(5)) + "\n" + string.Join("\n", texts));
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }

    /// <summary>Under a name of its own, since all of them are loaded side by side.</summary>
    static CSharpCompilation Compile(string[] texts) => CSharpCompilation.Create(
        $"Emitted{Guid.NewGuid():N}",
        texts.Select(static text => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.Diagnose))),
        References.Value,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: Microsoft.CodeAnalysis.OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
}
