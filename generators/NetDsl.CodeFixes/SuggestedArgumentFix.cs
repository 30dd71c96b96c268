using System.Collections.Immutable;
using System.Composition;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace NetDsl.CodeFixes;

/// <summary>
/// NDSL201: gives a layer the argument that its operator's rule suggests, in the words <c>add 'padding: 3'</c> or <c>use kernel ≤ 4</c>. Any operator's
/// message may use them.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class SuggestedArgumentFix : CodeFixProvider
{
    static readonly Regex Suggestion = new(@"add '(?<name>\w+): (?<value>\d+)'|use (?<name>\w+) ≤ (?<value>\d+)");

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["NDSL201"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            // A mistake inside a helper is also reported at its call, whose arguments are others.
            if (await context.Find<InvocationExpressionSyntax>(diagnostic).ConfigureAwait(false) is not { } call
                || call.Span != diagnostic.Location.SourceSpan
                || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model
                || model.GetOperation(call, context.CancellationToken) is not IInvocationOperation operation)
            {
                continue;
            }

            foreach (Match suggestion in Suggestion.Matches(diagnostic.GetMessage()))
            {
                var (name, value) = (suggestion.Groups["name"].Value, int.Parse(suggestion.Groups["value"].Value));
                if (value > 0 && operation.TargetMethod.Parameters.Any(p => p.Name == name && p.Type.SpecialType == SpecialType.System_Int32))
                {
                    context.Offer(diagnostic, $"Use '{name}: {value}'", call, With(call, operation, name, value));
                }
            }
        }
    }

    static InvocationExpressionSyntax With(InvocationExpressionSyntax call, IInvocationOperation operation, string name, int value)
    {
        var number = SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(value));
        var given = operation.Arguments.FirstOrDefault(a => a.Parameter?.Name == name && a.ArgumentKind == ArgumentKind.Explicit);
        if (given?.Syntax is ArgumentSyntax argument)
        {
            return call.ReplaceNode(argument.Expression, number.WithTriviaFrom(argument.Expression));
        }

        var colon = SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(name)).WithTrailingTrivia(SyntaxFactory.Space);
        return call.WithArgumentList(call.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(
            call.ArgumentList.Arguments.Add(SyntaxFactory.Argument(colon, default, number)),
            Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), call.ArgumentList.Arguments.Count))));
    }
}
