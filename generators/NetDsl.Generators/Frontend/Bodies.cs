using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetDsl.Generators.Frontend;

/// <summary>A method that can be evaluated: its own symbol, whose parameters the operations refer to, and its body.</summary>
/// <param name="IsForeign">Its source is not part of the project that is compiled: its places cannot be shown.</param>
sealed record Body(IMethodSymbol Method, IOperation Operation, bool IsForeign);

/// <summary>Finds the bodies of methods: in the compilation's own files, in a referenced project, or in the sources that an assembly embeds.</summary>
sealed class Bodies
{
    static readonly ConditionalWeakTable<Compilation, Bodies> Cache = new();

    readonly Compilation compilation;
    readonly Lazy<EmbeddedSources> embedded;
    readonly Dictionary<SyntaxTree, SemanticModel?> models = [];
    readonly Dictionary<IMethodSymbol, Body?> bodies = new(SymbolEqualityComparer.Default);

    Bodies(Compilation compilation)
    {
        this.compilation = compilation;
        embedded = new(() => EmbeddedSources.Of(compilation));
    }

    public static Bodies Of(Compilation compilation) => Cache.GetValue(compilation, static c => new(c));

    public Compilation Compilation => compilation;

    /// <summary>The body of a method, or null where none can be seen.</summary>
    public Body? Find(IMethodSymbol method)
    {
        method = (method.PartialImplementationPart ?? method).OriginalDefinition;
        lock (bodies)
        {
            if (!bodies.TryGetValue(method, out var body))
            {
                bodies[method] = body = InSource(method) ?? embedded.Value.Find(method);
            }

            return body;
        }
    }

    /// <summary>The value that a field or property starts with, or null.</summary>
    public IOperation? Initializer(ISymbol member)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            var initializer = reference.GetSyntax() switch
            {
                VariableDeclaratorSyntax declarator => declarator.Initializer,
                PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            };
            if (initializer is not null && Model(reference.SyntaxTree)?.GetOperation(initializer.Value) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    Body? InSource(IMethodSymbol method)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            if (Model(reference.SyntaxTree) is { } model && model.GetOperation(reference.GetSyntax()) is { } operation)
            {
                return new(method, operation, !compilation.ContainsSyntaxTree(reference.SyntaxTree));
            }
        }

        return null;
    }

    SemanticModel? Model(SyntaxTree tree)
    {
        lock (models)
        {
            if (!models.TryGetValue(tree, out var model))
            {
                // In an editor a referenced project is a compilation of its own.
                var owner = compilation.ContainsSyntaxTree(tree)
                    ? compilation
                    : compilation.References.OfType<CompilationReference>().Select(static r => r.Compilation).FirstOrDefault(c => c.ContainsSyntaxTree(tree));
#pragma warning disable RS1030 // Helpers may lie in any file; each model is made once a compilation.
                models[tree] = model = owner?.GetSemanticModel(tree);
#pragma warning restore RS1030
            }

            return model;
        }
    }
}
