using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Tests.Frontend;
using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Operators;

/// <summary>A user's project, built with the generator and loaded: the whole road from declaration to running kernels.</summary>
sealed class CompiledNetwork
{
    readonly Type type;

    CompiledNetwork(Type type, Graph graph) => (this.type, Graph) = (type, graph);

    /// <summary>The network as it was declared, for the reference.</summary>
    public Graph Graph { get; }

    public static CompiledNetwork Of(string source)
    {
        var project = Project.Compile(("Net.cs", source));
        var compilation = project.WithAssemblyName($"User{Guid.NewGuid():N}")
            .WithOptions(project.Options.WithAllowUnsafe(true).WithOptimizationLevel(OptimizationLevel.Release));
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: Project.Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        using var image = new MemoryStream();
        var result = output.Emit(image);
        var errors = diagnostics.Concat(result.Diagnostics).Where(static d => d.Severity == DiagnosticSeverity.Error || d.Id == "CS8785").Select(static d => d.ToString());
        Assert.True(result.Success && !errors.Any(), string.Join("\n", errors.Take(5)) + "\n" + source);
        image.Position = 0;
        var type = AssemblyLoadContext.Default.LoadFromStream(image).GetType("Net")!;
        return new(type, Project.Graph(source));
    }

    public Network On(Device device, int batch) => (Network)Activator.CreateInstance(type, device, batch, true)!;
}
