using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetDsl.Generators.Frontend;

/// <summary>The source of a method that other assemblies may evaluate.</summary>
sealed record BlockSource(string Id, string Source)
{
    /// <summary>The attribute that embeds it.</summary>
    public string ToAttribute() =>
        $"[assembly: global::NetDsl.BlockSource({SymbolDisplay.FormatLiteral(Id, quote: true)}, {SymbolDisplay.FormatLiteral(Source, quote: true)})]";
}

/// <summary>
/// Writes a block so that it compiles on its own, elsewhere: its usings, its namespace, and a class that stands for its own.
/// </summary>
static class BlockWriter
{
    public static BlockSource? Write(IMethodSymbol method, CancellationToken cancellation)
    {
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not BaseMethodDeclarationSyntax syntax
            || (syntax.Body ?? (SyntaxNode?)syntax.ExpressionBody) is not { } body
            || method.GetDocumentationCommentId() is not { } id)
        {
            return null;
        }

        var space = method.ContainingNamespace;
        var usings = Usings(syntax.SyntaxTree, cancellation);
        var type = method.ReturnType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(
            SymbolDisplayFormat.FullyQualifiedFormat.MiscellaneousOptions | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));
        var (parameters, constraints) = syntax is MethodDeclarationSyntax { TypeParameterList: { } list } generic
            ? (list.ToString(), " " + string.Join(" ", generic.ConstraintClauses))
            : ("", "");
        var terminator = syntax.Body is null ? ";" : "";
        var source = $$"""
            {{usings}}using static {{method.ContainingType.FullName()}};
            namespace {{(space.IsGlobalNamespace ? "Blocks" : space.ToDisplayString())}};
            file static class Block
            {
                public static {{type}} {{method.Name}}{{parameters}}{{syntax.ParameterList}}{{constraints}} {{body}}{{terminator}}
            }
            """;
        return new(id, source.Replace("\r\n", "\n"));
    }

    /// <summary>The usings in force in a file: its own, and those that other files declare for all.</summary>
    static string Usings(SyntaxTree tree, CancellationToken cancellation)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot(cancellation);
        var own = root.Usings.Concat(root.Members.OfType<BaseNamespaceDeclarationSyntax>().SelectMany(static n => n.Usings));
        return string.Concat(own.Select(Text).Distinct().Select(static u => u + "\n"));
    }

    public static string Text(UsingDirectiveSyntax directive) => directive.WithGlobalKeyword(default).WithoutTrivia().NormalizeWhitespace().ToString();
}
