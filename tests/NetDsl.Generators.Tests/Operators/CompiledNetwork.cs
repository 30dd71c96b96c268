using System.Reflection;
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

    readonly Type? inChannels;

    readonly Graph? graph;

    CompiledNetwork(Type type, Type? inChannels, Graph? graph) => (this.type, this.inChannels, this.graph) = (type, inChannels, graph);

    /// <summary>The network as it was declared, for the reference.</summary>
    public Graph Graph => graph ?? throw new InvalidOperationException("This network was compiled without its graph.");

    /// <param name="source">A file with the class Net.</param>
    /// <param name="reference">Whether the reference is to run it too.</param>
    /// <param name="channels">Whether to compile it once more, for <see cref="InChannels"/>.</param>
    public static CompiledNetwork Of(string source, bool reference = true, bool channels = false)
    {
        var again = source.Replace("[Network]", "[Network(Layout = Layout.Channels)]", StringComparison.Ordinal).Replace("partial class Net\n", "partial class NetInChannels\n", StringComparison.Ordinal);
        var assembly = Built(channels ? Project.Compile(("Net.cs", source), ("NetInChannels.cs", again)) : Project.Compile(("Net.cs", source)), source);
        return new(assembly.GetType("Net")!, assembly.GetType("NetInChannels"), reference ? Project.Graph(source) : null);
    }

    /// <summary>A network of the zoo.</summary>
    public static CompiledNetwork OfZoo(string name) => new(Built(Project.Compile(Project.Zoo(name)), name).GetType($"NetDsl.Networks.{name}", throwOnError: true)!, null, null);

    static Assembly Built(CSharpCompilation project, string source)
    {
        var compilation = project.WithAssemblyName($"User{Guid.NewGuid():N}")
            .WithOptions(project.Options.WithAllowUnsafe(true).WithOptimizationLevel(OptimizationLevel.Release));
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: Project.Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        using var image = new MemoryStream();
        var result = output.Emit(image);
        var errors = diagnostics.Concat(result.Diagnostics).Where(static d => d.Severity == DiagnosticSeverity.Error || d.Id == "CS8785").Select(static d => d.ToString());
        Assert.True(result.Success && !errors.Any(), string.Join("\n", errors.Take(5)) + "\n" + source);
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }

    /// <summary>The same network with its samples one after the other.</summary>
    public CompiledNetwork InChannels => new(inChannels ?? throw new InvalidOperationException("It was not compiled with its samples one after the other."), null, graph);

    /// <summary>An instance that trains, if the network has a loss.</summary>
    /// <param name="device">Where it runs.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="side">Height and width, if the network leaves them free and they are not to be those that it names.</param>
    public Network On(Device device, int batch, int? side = null)
    {
        object[] sizes = side is { } size ? [size, size] : [];
        var constructor = type.GetConstructors().Single(c => c.GetParameters().Count(static p => p.Name is "height" or "width") == sizes.Length);
        object[] arguments = [device, batch, .. sizes, true];
        return (Network)constructor.Invoke(arguments[..constructor.GetParameters().Length]);
    }
}
