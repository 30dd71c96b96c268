using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Frontend;

namespace NetDsl.Generators;

/// <summary>
/// Reports mistakes while the user types: editors run generators on save or build only. In a build the generator reports the same errors first, and
/// the compiler stops before it comes to analyzers.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Descriptors.All.Values];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
        context.RegisterSymbolAction(AnalyzeMethod, SymbolKind.Method);
    }

    static void AnalyzeType(SymbolAnalysisContext context)
    {
        if (context.Symbol.Attribute("NetworkAttribute") is not null)
        {
            Report(context, NetworkFrontend.Evaluate((INamedTypeSymbol)context.Symbol, context.Compilation, context.CancellationToken).Diagnostics);
        }
    }

    static void AnalyzeMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (Symbols.IsOperator(method) || method.Attribute("BlockAttribute") is not null || method.Attribute("DerivativeAttribute") is not null)
        {
            Report(context, EmbeddedMethods.Of(method, context.Compilation, context.CancellationToken).Problems);
        }
    }

    static void Report(SymbolAnalysisContext context, IEnumerable<DiagnosticInfo> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            context.ReportDiagnostic(diagnostic.ToDiagnostic(diagnostic.Location.ToLocation(context.Compilation.SyntaxTrees)));
        }
    }
}
