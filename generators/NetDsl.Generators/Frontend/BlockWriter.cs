using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetDsl.Generators.Frontend;

/// <summary>Writes methods so that each compiles on its own, in another assembly.</summary>
static class BlockWriter
{
    static readonly SymbolDisplayFormat Type = SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(
        SymbolDisplayFormat.FullyQualifiedFormat.MiscellaneousOptions | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Not the method's own name: that would hide its overloads.</summary>
    const string Body = "EmbeddedBody";

    public static EmbeddedMethod? Write(IMethodSymbol method, CancellationToken cancellation)
    {
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not BaseMethodDeclarationSyntax syntax
            || (syntax.Body ?? (SyntaxNode?)syntax.ExpressionBody) is not { } body
            || method.GetDocumentationCommentId() is not { } id)
        {
            return null;
        }

        var (parameters, constraints) = syntax is MethodDeclarationSyntax { TypeParameterList: { } list } generic
            ? (list.ToString(), string.Concat(generic.ConstraintClauses.Select(static c => " " + c)))
            : ("", "");
        var space = method.ContainingNamespace.IsGlobalNamespace ? "Blocks" : method.ContainingNamespace.ToDisplayString();
        var declaration = $$"""
            using static {{method.ContainingType.FullName()}};
            namespace {{space}};
            file static class Block
            {
                public static {{method.ReturnType.ToDisplayString(Type)}} {{Body}}{{parameters}}{{syntax.ParameterList}}{{constraints}} {{body}}{{(syntax.Body is null ? ";" : "")}}
            }
            """;
        return new(id, Usings(syntax.SyntaxTree, cancellation), declaration.Replace("\r\n", "\n"));
    }

    /// <summary>A using directive as one file has it.</summary>
    public static string Text(UsingDirectiveSyntax directive) =>
        directive.WithGlobalKeyword(default).WithoutTrivia().NormalizeWhitespace().ToFullString().Trim() + "\n";

    static string Usings(SyntaxTree tree, CancellationToken cancellation)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot(cancellation);
        return string.Concat(root.Usings
            .Concat(root.Members.OfType<BaseNamespaceDeclarationSyntax>().SelectMany(static n => n.Usings))
            .Where(static u => u.GlobalKeyword.IsKind(SyntaxKind.None))
            .Select(Text));
    }
}
