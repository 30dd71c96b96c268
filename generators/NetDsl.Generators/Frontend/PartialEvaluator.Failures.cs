using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.Generators.Frontend;

/// <summary>Diagnostics and their places: where the mistake is, and where the network's own file calls it.</summary>
sealed partial class PartialEvaluator
{
    AnalysisException Failure(DiagnosticDescriptor descriptor, IOperation place, string message) =>
        FailureAt(descriptor, Visible(place).Syntax, message);

    /// <param name="descriptor">The diagnostic.</param>
    /// <param name="place">In the project's source, in the innermost frame that is not foreign.</param>
    /// <param name="message">What is wrong and how to mend it.</param>
    AnalysisException FailureAt(DiagnosticDescriptor descriptor, SyntaxNodeOrToken place, string message)
    {
        var location = LocationInfo.Of(place);
        if (OwnCall(place) is not { } call)
        {
            return new(new DiagnosticInfo(descriptor, location, message));
        }

        var calledAt = LocationInfo.Of(call.Syntax);
        var failure = new DiagnosticInfo(descriptor, location, $"{message}  (called at {calledAt}: {TextOf(call.Syntax)})");
        return place.SyntaxTree == home
            ? new(failure)
            : new(failure, new DiagnosticInfo(descriptor, calledAt, $"{message}  (in {location}: {TextOf(place)})"));
    }

    /// <summary>The stack is used up: deep recursion, or an expression that is nested very deeply.</summary>
    public AnalysisException TooDeep() => frame.Site is { } site
        ? Failure(Descriptors.DepthLimit, site, "Calls are nested too deeply here; does this recursion end?")
        : new(new DiagnosticInfo(Descriptors.DepthLimit, LocationInfo.Of(home.GetRoot()), "An expression of this network is nested too deeply; use locals"));

    AnalysisException Unsupported(IOperation operation) => Failure(
        Descriptors.Unsupported, operation, $"'{TextOf(Visible(operation).Syntax)}' is not part of the language of networks; constants, control flow on constants, layers and helpers are");

    /// <summary>A block of another assembly that throws with the name of a parameter means the argument of the call, or the call where that is not written out.</summary>
    AnalysisException Thrown(IThrowOperation thrown)
    {
        string[] texts = thrown.Exception is { } exception && Unwrap(exception) is IObjectCreationOperation creation
            ? [.. creation.Arguments.Select(a => Evaluate(a.Value)).OfType<string>()]
            : [];
        var place = Visible(thrown);
        return frame.IsForeign && texts is [var problem, var parameter]
            ? FailureAt(Descriptors.BadArgument, ArgumentOf(place, parameter) ?? place.Syntax, $"{TextOf(place.Syntax)}: {problem}")
            : Failure(Descriptors.Failed, thrown, texts.FirstOrDefault() ?? "This 'throw' is reached");
    }

    /// <summary>An operation as the user sees it: what happens inside foreign code happens where that was called.</summary>
    IOperation Visible(IOperation operation)
    {
        for (var at = frame; at is { IsForeign: true, Site: { } site }; at = at.Caller!)
        {
            operation = site;
        }

        return operation;
    }

    /// <summary>The innermost call in the network's own file that led to <paramref name="place"/>; null for a mistake in Forward itself.</summary>
    IOperation? OwnCall(SyntaxNodeOrToken place)
    {
        var at = frame;
        while (at is { IsForeign: true, Site: not null })
        {
            at = at.Caller!;
        }

        for (; at?.Site is { } site; at = at.Caller)
        {
            if (site.Syntax.SyntaxTree == home && !site.Syntax.Span.Contains(place.Span))
            {
                return site;
            }
        }

        return null;
    }

    /// <summary>Source text on one line, shortened.</summary>
    static string TextOf(SyntaxNodeOrToken node)
    {
        var text = string.Join(" ", node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 60 ? text.Substring(0, 59) + "…" : text;
    }

    static IOperation Unwrap(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }
}
