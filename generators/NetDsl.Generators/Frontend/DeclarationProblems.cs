using Microsoft.CodeAnalysis;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Frontend;

/// <summary>Collects what is wrong with an operator's declaration.</summary>
/// <param name="owner">The operator's method: what has no place of its own is reported there.</param>
sealed class DeclarationProblems(IMethodSymbol owner)
{
    readonly List<DiagnosticInfo> problems = [];

    public bool Any => problems.Count > 0;

    public EquatableArray<DiagnosticInfo> ToArray() => problems.ToEquatableArray();

    public void Report(DiagnosticDescriptor descriptor, LocationInfo? location, string message) =>
        problems.Add(new(descriptor, location ?? PlaceOf(owner) ?? LocationInfo.None, message));

    public void Report(DiagnosticDescriptor descriptor, ISymbol symbol, string message) => Report(descriptor, PlaceOf(symbol), message);

    public void Report(DiagnosticDescriptor descriptor, AttributeData attribute, string message) => Report(descriptor, PlaceOf(attribute), message);

    /// <summary>Reads a rule of an attribute; null, and a report at the attribute, if it cannot be read.</summary>
    public T? Try<T>(AttributeData attribute, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ShapeException e)
        {
            Report(Descriptors.BadRule, attribute, $"{e.Message}; see operator '{owner.Name}'");
            return null;
        }
    }

    static LocationInfo? PlaceOf(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } reference ? LocationInfo.Of(reference.GetSyntax()) : null;

    static LocationInfo? PlaceOf(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(static l => l.IsInSource) is { } location ? LocationInfo.Of(location) : null;
}
