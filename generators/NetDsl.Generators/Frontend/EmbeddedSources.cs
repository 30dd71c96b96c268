using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetDsl.Generators.Frontend;

/// <summary>
/// The sources that referenced assemblies embed of their blocks and scalar functions, compiled against the same references as the project. Symbols
/// of the references are shared with it, since removing all files of a compilation keeps them.
/// </summary>
sealed class EmbeddedSources
{
    static readonly ConditionalWeakTable<IAssemblySymbol, Dictionary<string, SyntaxTree>> Trees = new();

    /// <summary>Whatever version the library was written in, the project reads it.</summary>
    static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    /// <summary>By the first assembly that embeds any: what was made for the last project with it. An edit changes files, not references, so that the next one finds all as it was.</summary>
    static readonly ConditionalWeakTable<IAssemblySymbol, EmbeddedSources> Latest = new();

    readonly Compilation compilation;
    readonly Dictionary<IAssemblySymbol, Dictionary<string, SyntaxTree>> assemblies;
    readonly ConcurrentDictionary<SyntaxTree, Body?> bodies = [];

    EmbeddedSources(Compilation compilation, Dictionary<IAssemblySymbol, Dictionary<string, SyntaxTree>> assemblies)
    {
        this.compilation = compilation;
        this.assemblies = assemblies;
    }

    public static EmbeddedSources Of(Compilation project)
    {
        if (project.SourceModule.ReferencedAssemblySymbols.FirstOrDefault(static a => Trees.GetValue(a, Parse).Count > 0) is not { } first)
        {
            return new(project.RemoveAllSyntaxTrees(), new(SymbolEqualityComparer.Default));
        }

        lock (Latest)
        {
            if (!Latest.TryGetValue(first, out var sources) || !sources.Serves(project))
            {
                Latest.Remove(first);
                Latest.Add(first, sources = Make(project));
            }

            return sources;
        }
    }

    /// <summary>Whether another project sees the same symbols of its references.</summary>
    bool Serves(Compilation project) =>
        project.AssemblyName == compilation.AssemblyName
        && project.Options.Equals(compilation.Options)
        && project.SourceModule.ReferencedAssemblySymbols.SequenceEqual(compilation.SourceModule.ReferencedAssemblySymbols, static (one, other) => SymbolEqualityComparer.Default.Equals(one, other));

    static EmbeddedSources Make(Compilation project)
    {
        var assemblies = new Dictionary<IAssemblySymbol, Dictionary<string, SyntaxTree>>(SymbolEqualityComparer.Default);
        foreach (var assembly in project.SourceModule.ReferencedAssemblySymbols)
        {
            if (Trees.GetValue(assembly, Parse) is { Count: > 0 } trees)
            {
                assemblies[assembly] = trees;
            }
        }

        return new(project.RemoveAllSyntaxTrees().AddSyntaxTrees(assemblies.Values.SelectMany(static t => t.Values)), assemblies);
    }

    public Body? Find(IMethodSymbol method)
    {
        if (method.ContainingAssembly is null
            || !assemblies.TryGetValue(method.ContainingAssembly, out var trees)
            || method.GetDocumentationCommentId() is not { } id
            || !trees.TryGetValue(id, out var tree))
        {
            return null;
        }

        return bodies.GetOrAdd(tree, Bind);
    }

    Body? Bind(SyntaxTree tree)
    {
        var declaration = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First();
#pragma warning disable RS1030 // These files are no part of the analyzed compilation.
        var model = compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
        return model.GetDeclaredSymbol(declaration) is { } symbol && model.GetOperation(declaration) is { } operation
            ? new(symbol, operation, IsForeign: true)
            : null;
    }

    static Dictionary<string, SyntaxTree> Parse(IAssemblySymbol assembly)
    {
        var trees = new Dictionary<string, SyntaxTree>();
        if (assembly.Name != "NetDsl" && !assembly.Modules.Any(static m => m.ReferencedAssemblies.Any(static r => r.Name == "NetDsl")))
        {
            return trees;
        }

        foreach (var attribute in assembly.GetAttributes())
        {
            if (attribute.Is("BlockSourceAttribute") && attribute.Positional<string>(0) is { } id && attribute.Positional<string>(1) is { } source)
            {
                trees[id] = CSharpSyntaxTree.ParseText(source, Options, path: id + ".cs");
            }
        }

        return trees;
    }
}
