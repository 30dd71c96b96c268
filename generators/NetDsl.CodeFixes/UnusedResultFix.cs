using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetDsl.CodeFixes;

/// <summary>NDSL307: turns <c>ReLU(x);</c> into <c>x = ReLU(x);</c> where a layer is applied to one variable.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class UnusedResultFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["NDSL307"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await context.Find<ExpressionStatementSyntax>(diagnostic).ConfigureAwait(false) is { Expression: InvocationExpressionSyntax call } statement
                && await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is { } model
                && call.ArgumentList.Arguments.Select(static a => a.Expression).OfType<IdentifierNameSyntax>().ToList() is { Count: 1 } variables
                && variables[0] is var variable
                && model.GetSymbolInfo(variable, context.CancellationToken).Symbol is ILocalSymbol or IParameterSymbol
                && SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(variable).Type, model.GetTypeInfo(call).Type))
            {
                var assignment = SyntaxFactory.ParseExpression($"{variable.Identifier.ValueText} = {call.WithoutTrivia()}").WithTriviaFrom(call);
                context.Offer(diagnostic, $"Assign the result to '{variable}'", call, assignment);
            }
        }
    }
}
