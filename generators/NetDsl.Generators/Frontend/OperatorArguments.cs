using Microsoft.CodeAnalysis;

namespace NetDsl.Generators.Frontend;

/// <summary>
/// Which parameters of an operator's method are compile-time numbers, and under which names: <c>stride</c>; for a tuple, <c>kernel.Height</c> in
/// shape rules and <c>kernelHeight</c> in kernels.
/// </summary>
static class OperatorArguments
{
    /// <summary>The parameter of this name is the layer's name.</summary>
    public const string LayerName = "name";

    public static bool IsLayerName(IParameterSymbol parameter) =>
        parameter is { Name: LayerName, Type.SpecialType: SpecialType.System_String };

    /// <summary>The names in shape rules, or none if the parameter is not an argument.</summary>
    public static IEnumerable<string> RuleNames(IParameterSymbol parameter) => Members(parameter.Type) is { } members
        ? members.Select(m => m.Length == 0 ? parameter.Name : $"{parameter.Name}.{m}")
        : [];

    /// <summary>The same names in kernel methods and nodes.</summary>
    public static string KernelName(string ruleName) =>
        ruleName.IndexOf('.') is var dot and > 0 ? ruleName.Substring(0, dot) + char.ToUpperInvariant(ruleName[dot + 1]) + ruleName.Substring(dot + 2) : ruleName;

    public static bool IsSizes(ITypeSymbol type) => type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Int32 };

    static IEnumerable<string>? Members(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Int32 or SpecialType.System_Single or SpecialType.System_Boolean } or { TypeKind: TypeKind.Enum } => [""],
        INamedTypeSymbol { IsTupleType: true } tuple when tuple.TupleElements.All(static e => Members(e.Type) is not null) => tuple.TupleElements.Select(static e => e.Name),
        _ when IsSizes(type) => [""],
        _ => null,
    };
}
