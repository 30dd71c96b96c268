using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace NetDsl.CodeFixes;

/// <summary>NDSL406: makes public what a <c>[Block]</c> refers to, so that it can be evaluated in other assemblies.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class PublicBlockFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["NDSL406"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.GetMessage().Contains("must be public")
                && await context.Find<SyntaxNode>(diagnostic).ConfigureAwait(false) is { } use
                && await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is { } model
                && model.GetSymbolInfo(use, context.CancellationToken).Symbol is { DeclaringSyntaxReferences.Length: 1 } symbol
                && symbol.DeclaringSyntaxReferences[0] is var reference
                && context.Document.Project.GetDocument(reference.SyntaxTree) is { } document)
            {
                var declaration = await reference.GetSyntaxAsync(context.CancellationToken).ConfigureAwait(false);
                var generator = SyntaxGenerator.GetGenerator(document);
                context.Offer(diagnostic, $"Make '{symbol.Name}' public", document, declaration, generator.WithAccessibility(declaration, Accessibility.Public));
            }
        }
    }
}
