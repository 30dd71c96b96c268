using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetDsl.Generators;
using NetDsl.Generators.Frontend;

namespace NetDsl.Benchmarks.Generator;

/// <summary>From a key press in a network's file to the verdict that an editor shows, and to the code that a build compiles; everything warm.</summary>
public class EditBenchmarks
{
    static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14);

    static readonly string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using NetDsl;
        global using static NetDsl.Layers;
        """;

    CSharpCompilation compilation = null!;
    GeneratorDriver driver = null!;
    SyntaxTree file = null!;
    string source = "";
    int edits;

    [Params("Classification/LeNet", "ImageNet/GoogLeNet", "Recurrent/LstmClassifier")]
    public string Network { get; set; } = "";

    [GlobalSetup]
    public void Open()
    {
        var zoo = Zoo();
        source = File.ReadAllText(Path.Combine(zoo, Network + ".cs"));
        file = Parse(source, "Network.cs");
        var blocks = Directory.EnumerateFiles(Path.Combine(zoo, "Blocks"), "*.cs").Select(static path => Parse(File.ReadAllText(path), path));
        compilation = CSharpCompilation.Create("User", [file, Parse(Usings, "Usings.cs"), .. blocks], References(), new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: Options).RunGenerators(compilation);
        Edit();
        driver = driver.RunGenerators(compilation);
    }

    /// <summary>What the analyzer does while the user types: binds the changed file and evaluates its network.</summary>
    [Benchmark]
    public bool Evaluate()
    {
        Edit();
        var network = compilation.GetSymbolsWithName(Network.Split('/')[1], SymbolFilter.Type).OfType<INamedTypeSymbol>().Single();
        return NetworkFrontend.Evaluate(network, compilation, default).Graph is not null;
    }

    /// <summary>What a build does: evaluates it, runs all passes for both programs and writes the code.</summary>
    [Benchmark]
    public int Generate()
    {
        Edit();
        driver = driver.RunGenerators(compilation);
        return driver.GetRunResult().GeneratedTrees.Length;
    }

    /// <summary>What the generator does after an edit of another file: finds everything as it was.</summary>
    [Benchmark]
    public int GenerateNothing()
    {
        var elsewhere = compilation.AddSyntaxTrees(Parse($"class Other {{ int n = {edits++}; }}", "Other.cs"));
        return driver.RunGenerators(elsewhere).GetRunResult().GeneratedTrees.Length;
    }

    /// <summary>Another number of units each time: no step finds its input as it was.</summary>
    void Edit()
    {
        var next = Parse(Units.Replace(source, $"Dense({(edits++ % 1000) + 1}", 1), "Network.cs");
        compilation = compilation.ReplaceSyntaxTree(file, next);
        file = next;
    }

    static readonly Regex Units = new(@"Dense\(\d+(?=[,)])");

    static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, Options, path);

    static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "NetDsl.dll" or "ILGPU.dll" or "netstandard.dll"))
            .Select(static path => MetadataReference.CreateFromFile(path));

    static string Zoo([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "networks"));
}
