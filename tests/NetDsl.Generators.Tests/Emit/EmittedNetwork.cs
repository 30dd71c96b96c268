using NetDsl.Generators.Emit;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Tests.Frontend;
using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>A network on the whole road: from its source through the compiler to a loaded class.</summary>
sealed class EmittedNetwork
{
    readonly Type type;
    readonly Type simt;

    EmittedNetwork(Graph graph, IReadOnlyList<EmittedText> files, (string Path, string Source)[] sources)
    {
        (Graph, Files) = (graph, files);
        var assembly = EmittedAssembly.Load(Project.Compile(sources), [.. files.Select(static f => f.Text)]);
        var name = graph.Namespace.Length == 0 ? graph.Name : $"{graph.Namespace}.{graph.Name}";
        type = assembly.GetType(name, throwOnError: true)!;
        simt = assembly.GetType(name + "Simt", throwOnError: true)!;
    }

    public Graph Graph { get; }

    public IReadOnlyList<EmittedText> Files { get; }

    /// <summary>The network of the repository's <c>networks</c> folder, with a part of its source replaced.</summary>
    public static EmittedNetwork OfRepository(string name, params (string Old, string New)[] changes)
    {
        var files = Project.Zoo(name);
        var (path, source) = files[0];
        foreach (var (old, @new) in changes)
        {
            Assert.Contains(old, source, StringComparison.Ordinal);
            source = source.Replace(old, @new, StringComparison.Ordinal);
        }

        return Of([(path, source), .. files[1..]]);
    }

    public static EmittedNetwork Of(string source) => Of(("Net.cs", source));

    public static EmittedNetwork Of(params (string Path, string Source)[] sources)
    {
        var graph = Project.Graph(sources);
        return new(graph, Emit(graph), sources);
    }

    /// <summary>The files of a project whose only network this is.</summary>
    public static IReadOnlyList<EmittedText> Emit(Graph graph)
    {
        var code = NetworkCode.Of(graph);
        return [.. code.Files, .. SharedFiles.Of(code.Members)];
    }

    public Network Create(Device device, int batch) => (Network)Activator.CreateInstance(type, [device, batch, .. Trains ? new object[] { true } : []])!;

    bool Trains => Graph.Results.Any(static r => r.Kind == ResultKind.Loss);

    /// <summary>An instance of a network whose height and width are free.</summary>
    public Network Create(Device device, int batch, int height, int width, bool training = true)
    {
        try
        {
            return (Network)Activator.CreateInstance(type, [device, batch, height, width, .. Trains ? new object[] { training } : []])!;
        }
        catch (System.Reflection.TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }

    /// <summary>What the class has under a name: <c>TrainBytes</c>.</summary>
    public object? Call(string method, params object[] arguments)
    {
        try
        {
            return type.GetMethod(method, [.. arguments.Select(static a => a.GetType())])!.Invoke(null, arguments);
        }
        catch (System.Reflection.TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }

    /// <summary>The GPU's program of such an instance.</summary>
    public SimtProgram SimtAt(bool training, int height, int width) =>
        (SimtProgram)simt.GetMethod("Create")!.Invoke(null, [training, type.GetMethod("DefinitionAt")!.Invoke(null, [height, width])])!;

    public NetworkDefinition Definition => (NetworkDefinition)type.GetProperty("Definition", System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.DeclaredOnly)!.GetValue(null)!;

    public SimtProgram Simt(bool training) => (SimtProgram)simt.GetMethod("Create")!.Invoke(null, [training])!;
}
