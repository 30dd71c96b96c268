using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Frontend;

namespace NetDsl.Generators;

/// <summary>Completes each class marked <c>[Network]</c>: front end, passes, emitters. Every step's result is a value, so an edit elsewhere stops at the first.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var networks = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                Symbols.Network,
                static (node, _) => node is ClassDeclarationSyntax,
                static (c, cancellation) => NetworkFrontend.Evaluate((INamedTypeSymbol)c.TargetSymbol, c.SemanticModel.Compilation, cancellation))
            .WithTrackingName("Evaluate");

        context.RegisterSourceOutput(
            networks.SelectMany(static (n, _) => n.Diagnostics).WithTrackingName("Diagnostics"),
            static (c, diagnostic) => c.ReportDiagnostic(diagnostic.ToDiagnostic(diagnostic.Location.ToLocation())));
    }
}
