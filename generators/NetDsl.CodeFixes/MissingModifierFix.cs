using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetDsl.CodeFixes;

/// <summary>NDSL101 and NDSL102: makes a network partial, and its Forward, Loss or Metrics static, where that is what is missing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MissingModifierFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["NDSL101", "NDSL102"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var message = diagnostic.GetMessage();
            var modifier = message.Contains("must be partial") ? SyntaxKind.PartialKeyword : message.EndsWith("must be static", StringComparison.Ordinal) ? SyntaxKind.StaticKeyword : SyntaxKind.None;
            if (modifier != SyntaxKind.None && await context.Find<MemberDeclarationSyntax>(diagnostic).ConfigureAwait(false) is { } member)
            {
                context.Offer(diagnostic, $"Make it {SyntaxFacts.GetText(modifier)}", member, With(member, modifier));
            }
        }
    }

    /// <summary><c>partial</c> stands last; <c>static</c> behind accessibility. What stood before the first token stays there.</summary>
    static MemberDeclarationSyntax With(MemberDeclarationSyntax member, SyntaxKind modifier)
    {
        var token = SyntaxFactory.Token(modifier).WithTrailingTrivia(SyntaxFactory.Space);
        if (member.Modifiers.Count > 0)
        {
            return member.WithModifiers(member.Modifiers.Add(token));
        }

        var first = member.AttributeLists.Count > 0 ? member.AttributeLists.Last().GetLastToken().GetNextToken() : member.GetFirstToken();
        return member.ReplaceToken(first, first.WithLeadingTrivia()).WithModifiers([token.WithLeadingTrivia(first.LeadingTrivia)]);
    }
}
