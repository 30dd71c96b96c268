using Microsoft.CodeAnalysis;

namespace NetDsl.Generators.Diagnostics;

/// <summary>A diagnostic as a value, so that the generator's steps can be cached.</summary>
sealed record DiagnosticInfo(string Id, string Message, LocationInfo Location)
{
    public DiagnosticInfo(DiagnosticDescriptor descriptor, LocationInfo location, string message)
        : this(descriptor.Id, message, location)
    {
    }

    public bool IsError => Descriptors.All[Id].DefaultSeverity == DiagnosticSeverity.Error;

    public Diagnostic ToDiagnostic(Location location) => Diagnostic.Create(Descriptors.All[Id], location, Message);
}
