using Microsoft.CodeAnalysis;

namespace NetDsl.Generators.Frontend;

/// <summary>Recognises the types of the language. By name: symbols of different compilations of one project are different objects.</summary>
static class Symbols
{
    public const string Network = "NetDsl.NetworkAttribute";
    public const string Operator = "NetDsl.OperatorAttribute";
    public const string Elementwise = "NetDsl.ElementwiseAttribute";
    public const string Block = "NetDsl.BlockAttribute";
    public const string Derivative = "NetDsl.DerivativeAttribute";

    public static bool IsTensor(ITypeSymbol? type) => IsLanguageType(type, "Tensor");

    public static bool IsLabels(ITypeSymbol? type) => IsLanguageType(type, "Labels");

    public static bool IsLayer(ITypeSymbol? type) => IsLanguageType(type, "Layer");

    /// <summary>A member that says how parameters start.</summary>
    public static bool IsFiller(ISymbol member) => IsLanguageType(member.ContainingType, "Filler");

    /// <summary>An array, span or list of tensors.</summary>
    public static bool IsTensors(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsTensor(array.ElementType),
        INamedTypeSymbol { TypeArguments.Length: 1 } list => IsTensor(list.TypeArguments[0]),
        _ => false,
    };

    public static bool IsLanguageType(ITypeSymbol? type, string name) =>
        type is INamedTypeSymbol { ContainingType: null } && type.Name == name && IsLanguageNamespace(type.ContainingNamespace);

    public static bool IsLanguageNamespace(INamespaceSymbol? space) => space is { Name: "NetDsl", ContainingNamespace.IsGlobalNamespace: true };

    public static bool Is(this AttributeData attribute, string name) => IsLanguageType(attribute.AttributeClass, name);

    public static AttributeData? Attribute(this ISymbol symbol, string name) => symbol.GetAttributes().FirstOrDefault(a => a.Is(name));

    /// <summary>The value of a named argument of an attribute, or its default.</summary>
    public static T? Named<T>(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Kind != TypedConstantKind.Array && argument.Value.Value is T value)
            {
                return value;
            }
        }

        return default;
    }

    /// <summary>The value of a constructor argument, or the default where the code is half-typed.</summary>
    public static T? Positional<T>(this AttributeData attribute, int index) =>
        index < attribute.ConstructorArguments.Length
        && attribute.ConstructorArguments[index] is { Kind: not TypedConstantKind.Array and not TypedConstantKind.Error, Value: T value } ? value : default;

    public static bool IsOperator(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.Is("OperatorAttribute") || attribute.Is("ElementwiseAttribute"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>With <c>global::</c>, as emitted code names it.</summary>
    public static string FullName(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
