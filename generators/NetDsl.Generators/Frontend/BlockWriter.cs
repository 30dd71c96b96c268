using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetDsl.Generators.Emit;

namespace NetDsl.Generators.Frontend;

/// <summary>The source of a method that other assemblies may evaluate.</summary>
/// <param name="Id">The documentation comment id of the method.</param>
/// <param name="Usings">The usings of its file.</param>
/// <param name="Declaration">The namespace and a class that stands for the method's own.</param>
sealed record EmbeddedMethod(string Id, string Usings, string Declaration)
{
    /// <summary>The attribute that embeds it.</summary>
    /// <param name="globalUsings">The usings in force in all files.</param>
    public string ToAttribute(string globalUsings) =>
        $"[assembly: global::NetDsl.BlockSource({Literal.Of(Id)},\n{Literal.Raw(globalUsings + Usings + Declaration)})]\n";
}

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
