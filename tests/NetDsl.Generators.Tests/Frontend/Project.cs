using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetDsl.Generators.Frontend;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Frontend;

/// <summary>A user's project in memory: the running runtime's assemblies, NetDsl, and the usings that its package brings.</summary>
static class Project
{
    const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using NetDsl;
        global using static NetDsl.Layers;
        """;

    public static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14);

    public static readonly IReadOnlyList<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "NetDsl.dll" or "ILGPU.dll" or "netstandard.dll" or "mscorlib.dll"))
            .Select(p => MetadataReference.CreateFromFile(p))];

    static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(GlobalUsings, Options, "GlobalUsings.cs");

    /// <summary>All projects grow from this one, so that they share the symbols of the references.</summary>
    static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "User", [Usings], References, new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static CSharpCompilation Compile(params (string Path, string Source)[] files) =>
        Empty.AddSyntaxTrees(files.Select(f => CSharpSyntaxTree.ParseText(f.Source, Options, f.Path)));

    /// <summary>A file of this repository.</summary>
    public static (string Path, string Source) File(string path) => (Path.GetFileName(path), System.IO.File.ReadAllText(PathOf(path)));

    /// <summary>Where a file of this repository lies.</summary>
    public static string PathOf(string path) => Path.Combine(Root(), path);

    /// <summary>A network of the zoo, whatever its family, and the blocks it may be made of: the network's own file comes first.</summary>
    public static (string Path, string Source)[] Zoo(string name)
    {
        var zoo = Path.Combine(Root(), "networks");
        var families = Directory.EnumerateDirectories(zoo).Where(static f => Path.GetFileName(f) is not ("Blocks" or "Recipes" or "bin" or "obj"));
        var own = families.SelectMany(f => Directory.EnumerateFiles(f, name + ".cs")).Single();
        return [.. Directory.EnumerateFiles(Path.Combine(zoo, "Blocks"), "*.cs").Order(StringComparer.Ordinal).Prepend(own)
            .Select(static f => (Path.GetFileName(f), System.IO.File.ReadAllText(f)))];
    }

    /// <summary>Evaluates the only network of a program.</summary>
    public static NetworkResult Evaluate(string source) => Evaluate(("Net.cs", source));

    public static NetworkResult Evaluate(params (string Path, string Source)[] files) => Evaluate(Compile(files));

    public static NetworkResult Evaluate(Compilation compilation)
    {
        var network = compilation.GetSymbolsWithName(static _ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>()
            .First(static t => t.GetAttributes().Any(static a => a.AttributeClass?.Name is "NetworkAttribute" or "Network"));
        return NetworkFrontend.Evaluate(network, compilation, default);
    }

    /// <summary>The graph of a network that has no mistakes.</summary>
    public static Graph Graph(params (string Path, string Source)[] files)
    {
        var compilation = Compile(files);
        Assert.Empty(compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error && d.Id != "CS0246"));
        var result = Evaluate(compilation);
        Assert.Empty(result.Diagnostics);
        return result.Graph!;
    }

    public static Graph Graph(string source) => Graph(("Net.cs", source));

    /// <summary>The graph of a network whose Forward has this body.</summary>
    public static Graph Forward(string body, string shape = "Batch, 3, 8, 8", string members = "") => Graph(Network(body, shape, members));

    public static string Network(string body, string shape = "Batch, 3, 8, 8", string members = "") => $$"""
        [Network]
        public partial class Net
        {
            static Tensor Forward([Shape({{shape}})] Tensor x)
            {
                {{body}}
            }

            {{members}}
        }
        """;

    /// <summary>The equations, one a line, without constants: <c>conv1 = Conv(x, conv1.weight, conv1.bias) : [N, 8, 8, 8]</c>.</summary>
    public static string Equations(Graph graph)
    {
        var names = graph.Inputs.ToDictionary(static i => i.Value, static i => i.Name);
        foreach (var parameter in graph.Parameters)
        {
            names[parameter.Value] = parameter.Path;
        }

        var lines = new List<string>();
        foreach (var node in graph.Nodes)
        {
            var name = node.Name;
            for (var use = 2; names.ContainsValue(name); use++)
            {
                name = $"{node.Name}'{use}";
            }

            lines.Add($"{name} = {node.Operator.Name}({string.Join(", ", node.Operands.Select(o => o < 0 ? "_" : names[o]))}) : {node.Type}");
            names[node.Result] = name;
        }

        lines.Add("return " + string.Join(", ", graph.Results.Select(r => $"{r.Name} = {names[r.Value]}")));
        return string.Join("\n", lines);
    }

    /// <summary>Runs on a thread with a stack of this size, as small as hosts of the compiler have.</summary>
    public static T OnStack<T>(int bytes, Func<T> run)
    {
        T result = default!;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = run();
            }
#pragma warning disable CA1031 // Thrown again on the test's own thread.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = e;
            }
        }, bytes);
        thread.Start();
        thread.Join();
        return failure is null ? result : throw new InvalidOperationException(failure.Message, failure);
    }

    static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
