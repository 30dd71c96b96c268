using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace NetDsl.CodeFixes;

/// <summary>What all fixes share: each replaces one node of a syntax tree.</summary>
static class Fix
{
    /// <summary>The innermost node of a kind around what a diagnostic underlines.</summary>
    public static async Task<T?> Find<T>(this CodeFixContext context, Diagnostic diagnostic)
        where T : SyntaxNode =>
        (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))?
            .FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<T>();

    /// <summary>Offers to replace a node of the document.</summary>
    public static void Offer(this CodeFixContext context, Diagnostic diagnostic, string title, SyntaxNode from, SyntaxNode to) =>
        context.Offer(diagnostic, title, context.Document, from, to);

    /// <summary>Offers to replace a node of any document.</summary>
    public static void Offer(this CodeFixContext context, Diagnostic diagnostic, string title, Document document, SyntaxNode from, SyntaxNode to) =>
        context.RegisterCodeFix(CodeAction.Create(title, cancellation => Replace(document, from, to, cancellation), equivalenceKey: title), diagnostic);

    static async Task<Document> Replace(Document document, SyntaxNode from, SyntaxNode to, CancellationToken cancellation) =>
        document.WithSyntaxRoot((await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!.ReplaceNode(from, to));
}
