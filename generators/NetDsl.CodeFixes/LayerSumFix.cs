using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetDsl.CodeFixes;

/// <summary>NDSL302: turns a sum of delegates <c>f + g</c> into the layer that adds what they compute, <c>(x => f(x) + g(x))</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class LayerSumFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["NDSL302"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await context.Find<BinaryExpressionSyntax>(diagnostic).ConfigureAwait(false) is { RawKind: (int)SyntaxKind.AddExpression } sum)
            {
                ExpressionSyntax whole = sum.Parent is ParenthesizedExpressionSyntax parentheses ? parentheses : sum;
                var lambda = SyntaxFactory.ParseExpression($"(x => {Applied(sum)})").WithTriviaFrom(whole);
                context.Offer(diagnostic, "Add what the layers compute", whole, lambda);
            }
        }
    }

    /// <summary>A sum of three is a sum of a sum.</summary>
    static string Applied(ExpressionSyntax layer) => layer switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => $"{Applied(sum.Left)} + {Applied(sum.Right)}",
        InvocationExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax => $"{layer.WithoutTrivia()}(x)",
        _ => $"({layer.WithoutTrivia()})(x)",
    };
}
