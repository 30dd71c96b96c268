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

    readonly Graph? graph;

    CompiledNetwork(Type type, Graph? graph) => (this.type, this.graph) = (type, graph);

    /// <summary>The network as it was declared, for the reference.</summary>
    public Graph Graph => graph ?? throw new InvalidOperationException("This network was compiled without its graph.");

    /// <param name="source">A file with the class Net.</param>
    /// <param name="reference">Whether the reference is to run it too.</param>
    public static CompiledNetwork Of(string source, bool reference = true)
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
        return new(type, reference ? Project.Graph(source) : null);
    }

    /// <summary>An instance that trains, if the network has a loss.</summary>
    public Network On(Device device, int batch)
    {
        var constructor = type.GetConstructors().Single();
        object[] arguments = [device, batch, true];
        return (Network)constructor.Invoke(arguments[..constructor.GetParameters().Length]);
    }
}
