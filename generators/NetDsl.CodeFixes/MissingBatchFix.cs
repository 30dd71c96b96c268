using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetDsl.CodeFixes;

/// <summary>NDSL104: lets a shape begin with <c>Batch</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MissingBatchFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["NDSL104"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.GetMessage().Contains("must begin with Batch")
                && await context.Find<AttributeSyntax>(diagnostic).ConfigureAwait(false) is { ArgumentList: { Arguments.Count: > 0 } arguments } shape)
            {
                var batch = SyntaxFactory.AttributeArgument(SyntaxFactory.IdentifierName("Batch"));
                var list = SyntaxFactory.SeparatedList(
                    arguments.Arguments.Insert(0, batch),
                    arguments.Arguments.GetSeparators().Prepend(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)));
                context.Offer(diagnostic, "Begin with Batch", shape, shape.WithArgumentList(arguments.WithArguments(list)));
            }
        }
    }
}
