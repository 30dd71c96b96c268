using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Frontend;

/// <summary>The declaration of a network: its methods and the shapes of its inputs.</summary>
sealed class NetworkDeclaration
{
    readonly INamedTypeSymbol type;

    /// <exception cref="AnalysisException">The class cannot be a network.</exception>
    public NetworkDeclaration(INamedTypeSymbol type)
    {
        this.type = type;
        CheckClass();
        Forward = Method("Forward") ?? throw Failure(
            Descriptors.NoForward, type, $"Network '{type.Name}' needs a method 'static Tensor Forward([Shape(Batch, …)] Tensor x)'");
        Loss = Method("Loss");
        Metrics = Method("Metrics");
        if (!ReturnsTensors(Forward))
        {
            throw Failure(Descriptors.NoForward, Forward, $"'Forward' of '{type.Name}' must return a Tensor or a tuple of them");
        }
    }

    public IMethodSymbol Forward { get; }

    public IMethodSymbol? Loss { get; }

    public IMethodSymbol? Metrics { get; }

    public bool HalvesWeights => type.Attribute("NetworkAttribute")?.Named<int>("PredictionWeights") == 1;

    public string Layout => type.Attribute("NetworkAttribute")?.Named<int>("Layout") switch { 1 => nameof(Ir.Layout.Samples), 2 => nameof(Ir.Layout.Channels), _ => "" };

    public string Algorithms => type.Attribute("NetworkAttribute")?.Named<int>("Algorithms") == 1 ? "Exact" : "Fastest";

    /// <summary>The height and width by which the compiler decides where they are free.</summary>
    public (int Height, int Width) Reference => (Named("Height"), Named("Width"));

    /// <summary>The places, among the outputs of Forward, of those that only the loss reads.</summary>
    public HashSet<int> Auxiliary(int outputs)
    {
        var taken = 0;
        var places = new HashSet<int>();
        foreach (var parameter in Loss?.Parameters ?? [])
        {
            var isInput = parameter.Attribute("ShapeAttribute") is not null;
            if (parameter.Attribute("AuxiliaryAttribute") is not null)
            {
                places.Add(isInput
                    ? throw Failure(Descriptors.OutputMismatch, parameter, $"'{parameter.Name}' is an input; [Auxiliary] marks outputs of Forward that only the loss reads")
                    : taken);
            }

            taken += isInput ? 0 : 1;
        }

        return places.Count > 0 && places.Count == outputs
            ? throw Failure(Descriptors.OutputMismatch, Loss!, "Every output of Forward is [Auxiliary], so a prediction would compute nothing; leave one unmarked")
            : places;
    }

    /// <summary>The type of an input that has a <c>[Shape]</c>; null without one.</summary>
    /// <param name="parameter">The input.</param>
    /// <param name="any">What <c>Any</c> stands for.</param>
    public TensorType? InputType(IParameterSymbol parameter, Func<(Size Height, Size Width)> any)
    {
        if (!Symbols.IsTensor(parameter.Type) && !Symbols.IsLabels(parameter.Type))
        {
            throw Failure(Descriptors.NoShape, parameter, $"'{parameter.Name}' must be a Tensor or Labels");
        }

        if (parameter.Attribute("ShapeAttribute") is not { } shape)
        {
            return null;
        }

        if (shape.ConstructorArguments is not [{ Kind: TypedConstantKind.Array, IsNull: false, Values: var values }])
        {
            throw Failure(Descriptors.BadShape, parameter, $"The shape of '{parameter.Name}' must be sizes: [Shape(Batch, …)]", shape);
        }

        var sizes = values.Select(static v => v.Value as int? ?? 0).ToList();
        if (sizes.Count == 0 || sizes[0] != -1)
        {
            throw Failure(Descriptors.BadShape, parameter, $"The shape of '{parameter.Name}' must begin with Batch: [Shape(Batch, …)]", shape);
        }

        var declared = sizes.Skip(1).Select(static s => (Size)s).ToArray();
        if (declared.Length > 1 && sizes[sizes.Count - 1] == Any && sizes[sizes.Count - 2] == Any)
        {
            (declared[declared.Length - 2], declared[declared.Length - 1]) = any();
        }

        return declared.Any(static s => s.Value == Any)
            ? throw Failure(Descriptors.BadShape, parameter, $"'{parameter.Name}' leaves another axis free than its height and width: Any stands for the last two, [Shape(Batch, 3, Any, Any)]", shape)
            : declared.Any(static s => s.Value <= 0)
            ? throw Failure(Descriptors.BadShape, parameter, $"The sizes of '{parameter.Name}' behind Batch must be positive constants", shape)
            : new(Batched: true, declared.ToEquatableArray());
    }

    /// <summary>What <c>Layers.Any</c> is.</summary>
    const int Any = -2;

    int Named(string property) => type.Attribute("NetworkAttribute")?.Named<int>(property) is { } size and not 0
        ? size > 0 ? size : throw Failure(Descriptors.BadShape, type, $"The {property} of [Network] is {size}; it is the size to compile for where it is free, 1 or more")
        : FreeSizes.DefaultReference;

    public static AnalysisException Failure(DiagnosticDescriptor descriptor, ISymbol symbol, string message, AttributeData? attribute = null) =>
        new(new DiagnosticInfo(descriptor, PlaceOf(symbol, attribute), message));

    /// <summary>The names of what a method returns: the elements of a tuple, or <paramref name="single"/>.</summary>
    public static IReadOnlyList<string> ResultNames(IMethodSymbol method, string single) =>
        method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple ? [.. tuple.TupleElements.Select(static e => e.Name)] : [single];

    public static bool ReturnsTensors(IMethodSymbol method) => Symbols.IsTensor(method.ReturnType)
        || (method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.All(static e => Symbols.IsTensor(e.Type)));

    static LocationInfo PlaceOf(ISymbol symbol, AttributeData? attribute) => attribute?.ApplicationSyntaxReference is { } reference
        ? LocationInfo.Of(reference.GetSyntax())
        : symbol.Locations.FirstOrDefault(static l => l.IsInSource) is { } location ? LocationInfo.Of(location) : LocationInfo.None;

    void CheckClass()
    {
        var declarations = type.DeclaringSyntaxReferences.Select(static r => r.GetSyntax()).OfType<TypeDeclarationSyntax>();
        var problem = !declarations.All(static d => d.Modifiers.Any(SyntaxKind.PartialKeyword)) ? "must be partial, so that the compiler can complete it"
            : type.IsStatic ? "cannot be static: an instance holds the weights"
            : type.IsGenericType ? "cannot be generic; pass sizes as constants"
            : type.ContainingType is not null ? "cannot be nested in another class"
            : null;
        if (problem is not null)
        {
            throw Failure(Descriptors.NotPartial, type, $"Network '{type.Name}' {problem}");
        }
    }

    IMethodSymbol? Method(string name)
    {
        var methods = type.GetMembers(name).OfType<IMethodSymbol>().ToList();
        if (methods.Count > 1)
        {
            throw Failure(Descriptors.NoForward, methods[1], $"Network '{type.Name}' has two methods '{name}'");
        }

        return methods.Count == 0 || (methods[0] is { IsStatic: true, IsGenericMethod: false })
            ? methods.FirstOrDefault()
            : throw Failure(Descriptors.NoForward, methods[0], $"'{name}' of '{type.Name}' must be static");
    }
}
