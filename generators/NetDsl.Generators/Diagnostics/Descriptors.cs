using Microsoft.CodeAnalysis;

namespace NetDsl.Generators.Diagnostics;

/// <summary>
/// Every diagnostic, a line each. Ids are stable and never reused: 1xx declarations of networks, 2xx shapes and arguments, 3xx the language inside
/// <c>Forward</c>, 4xx declarations of operators, 9xx the compiler itself. README.md beside this file explains each.
/// </summary>
static class Descriptors
{
    public static readonly DiagnosticDescriptor NotPartial = Error("NDSL101", "A network cannot be completed");
    public static readonly DiagnosticDescriptor NoForward = Error("NDSL102", "A network has no Forward");
    public static readonly DiagnosticDescriptor NoShape = Error("NDSL103", "An input has no shape");
    public static readonly DiagnosticDescriptor BadShape = Error("NDSL104", "A shape is not one");
    public static readonly DiagnosticDescriptor OutputMismatch = Error("NDSL105", "Loss or Metrics do not take what Forward returns");
    public static readonly DiagnosticDescriptor NotScalar = Error("NDSL106", "A loss or metric is not a scalar");
    public static readonly DiagnosticDescriptor InputMismatch = Error("NDSL107", "One input is declared in two ways");
    public static readonly DiagnosticDescriptor NothingToTrain = Error("NDSL108", "A loss trains nothing");

    public static readonly DiagnosticDescriptor DoesNotFit = Error("NDSL201", "A layer does not fit its input");
    public static readonly DiagnosticDescriptor UnequalShapes = Error("NDSL202", "Shapes are not equal");
    public static readonly DiagnosticDescriptor BadArgument = Error("NDSL203", "An argument is out of range");
    public static readonly DiagnosticDescriptor TwoShapes = Error("NDSL204", "A layer is used with two shapes");
    public static readonly DiagnosticDescriptor DuplicateName = Error("NDSL205", "Two layers have one name");
    public static readonly DiagnosticDescriptor PartCount = Error("NDSL206", "Parts are taken that are not there");
    public static readonly DiagnosticDescriptor NoOffset = Error("NDSL207", "Two tensors have no offset");

    public static readonly DiagnosticDescriptor Unsupported = Error("NDSL301", "Not part of the language of networks");
    public static readonly DiagnosticDescriptor DelegateSum = Error("NDSL302", "Layers are added as delegates");
    public static readonly DiagnosticDescriptor StepLimit = Error("NDSL303", "Evaluation takes too long");
    public static readonly DiagnosticDescriptor DepthLimit = Error("NDSL304", "Calls are nested too deeply");
    public static readonly DiagnosticDescriptor NoBody = Error("NDSL305", "A method has no body that the compiler sees");
    public static readonly DiagnosticDescriptor Failed = Error("NDSL306", "Evaluation fails");
    public static readonly DiagnosticDescriptor Unused = Warning("NDSL307", "A result is not used");

    public static readonly DiagnosticDescriptor BadRule = Error("NDSL401", "A shape rule cannot be read");
    public static readonly DiagnosticDescriptor UnboundParameter = Error("NDSL402", "A parameter of a kernel method stands for nothing");
    public static readonly DiagnosticDescriptor BadKernel = Error("NDSL403", "A kernel class is incomplete");
    public static readonly DiagnosticDescriptor BadScalarFunction = Error("NDSL404", "A scalar function cannot be translated");
    public static readonly DiagnosticDescriptor BadOperator = Error("NDSL405", "An operator's method has the wrong form");
    public static readonly DiagnosticDescriptor NotEmbeddable = Error("NDSL406", "A block cannot be used from other assemblies");

    public static readonly DiagnosticDescriptor Internal = Error("NDSL901", "The compiler failed");

    public static readonly IReadOnlyDictionary<string, DiagnosticDescriptor> All = typeof(Descriptors)
        .GetFields()
        .Where(static f => f.FieldType == typeof(DiagnosticDescriptor))
        .Select(static f => (DiagnosticDescriptor)f.GetValue(null))
        .ToDictionary(static d => d.Id);

    // NotConfigurable makes the C# compiler stop right behind the generators, so that neither the errors that follow from the missing code nor the
    // analyzer's own report of the same mistake clutter the build.
    static DiagnosticDescriptor Error(string id, string title) => Describe(id, title, DiagnosticSeverity.Error, WellKnownDiagnosticTags.NotConfigurable);

    static DiagnosticDescriptor Warning(string id, string title) => Describe(id, title, DiagnosticSeverity.Warning);

    static DiagnosticDescriptor Describe(string id, string title, DiagnosticSeverity severity, params string[] tags) => new(
        id, title, "{0}", "NetDsl", severity, isEnabledByDefault: true,
        customTags: tags);
}
