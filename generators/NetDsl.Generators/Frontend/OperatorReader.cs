using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Frontend;

/// <summary>What came of reading an operator: its definition, or what is wrong with its declaration.</summary>
sealed record OperatorReading(OperatorDefinition? Definition, EquatableArray<DiagnosticInfo> Problems);

/// <summary>Reads an operator from the attributes of its method. There is no table of operators: a user's own are read in the same way.</summary>
sealed class OperatorReader
{
    // A method of a referenced assembly stays the same object from edit to edit.
    static readonly ConditionalWeakTable<IMethodSymbol, OperatorReading> Cache = new();

    readonly IMethodSymbol method;
    readonly Bodies bodies;
    readonly DeclarationProblems problems;

    OperatorReader(IMethodSymbol method, Bodies bodies)
    {
        this.method = method;
        this.bodies = bodies;
        problems = new(method);
    }

    public static OperatorReading Read(IMethodSymbol method, Bodies bodies) =>
        Cache.GetValue(method.OriginalDefinition, m => new OperatorReader(m, bodies).Read());

    OperatorReading Read()
    {
        OperatorDefinition? definition = null;
        try
        {
            definition = ReadDefinition();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            problems.Report(Descriptors.Internal, method, $"The NetDsl compiler failed on operator '{method.Name}' ({e.GetType().Name}: {e.Message}); please report it with its declaration");
        }

        return new(problems.Any ? null : definition, problems.ToArray());
    }

    OperatorDefinition? ReadDefinition()
    {
        var returnsLayer = Symbols.IsLayer(method.ReturnType);
        if (!method.IsStatic || (!returnsLayer && !Symbols.IsTensor(method.ReturnType)))
        {
            problems.Report(Descriptors.BadOperator, method, $"Operator '{method.Name}' must be a static method that returns Layer or Tensor");
            return null;
        }

        var operands = returnsLayer ? [new Operand("x", false, false)] : method.Parameters.Where(IsOperand).Select(ReadOperand).ToEquatableArray();
        var names = method.Parameters.Where(p => returnsLayer || !IsOperand(p)).SelectMany(OperatorArguments.RuleNames).ToEquatableArray();
        return method.Attribute("ElementwiseAttribute") is { } elementwise
            ? ReadElementwise(elementwise, returnsLayer, operands, names)
            : ReadStructured(method.Attribute("OperatorAttribute")!, returnsLayer, operands, names);
    }

    OperatorDefinition? ReadElementwise(AttributeData attribute, bool returnsLayer, EquatableArray<Operand> operands, EquatableArray<string> arguments)
    {
        var function = attribute.Positional<string>(0) ?? "";
        var isArgument = method.Parameters.Any(p => p.Name == function && p.Type.TypeKind == TypeKind.Delegate);
        var members = isArgument ? [] : new ElementwiseReader(operands, arguments, bodies, problems).Read(FindFunction(attribute, function));
        var spec = new OperatorSpec(
            method.Name, OperatorClass.Elementwise, AnchorKind.None, MovementKind.None, BatchReductionKind.None, attribute.Named<bool>("TrainingOnly"), members);
        return new(spec, null, returnsLayer, operands, arguments, [], ReadRequirements(), null, isArgument ? function : "");
    }

    OperatorDefinition? ReadStructured(AttributeData attribute, bool returnsLayer, EquatableArray<Operand> operands, EquatableArray<string> arguments)
    {
        var movement = (MovementKind)attribute.Named<int>("Movement");
        var reduction = (BatchReductionKind)attribute.Named<int>("Reduction");
        var anchor = (AnchorKind)attribute.Named<int>("Anchor");
        var operatorClass = movement != MovementKind.None ? OperatorClass.Movement
            : reduction != BatchReductionKind.None ? OperatorClass.BatchReduction
            : attribute.Named<int>("Fusion") switch { 1 => OperatorClass.Elementwise, 2 => OperatorClass.Injective, 3 => OperatorClass.Anchor, _ => OperatorClass.Opaque };

        // A movement is its own rule: its signature is documentation.
        var signature = movement != MovementKind.None ? null : problems.Try(attribute, () => Signature.Parse(attribute.Positional<string>(0) ?? ""));
        if (signature is null && movement == MovementKind.None)
        {
            return null;
        }

        if (signature is not null && signature.Inputs.Count != operands.Count)
        {
            problems.Report(
                Descriptors.BadRule, attribute, $"The shape rule of '{method.Name}' has {signature.Inputs.Count} inputs but the method has {operands.Count} tensors");
            return null;
        }

        var weights = ReadWeights();
        var definition = new OperatorDefinition(
            new(method.Name, operatorClass, anchor, movement, reduction, false, [])
            {
                Channelwise = attribute.Named<bool>("Channelwise"), Neighbours = attribute.Named<string>("Neighbours") ?? "", Selects = attribute.Named<bool>("Selects"),
            },
            signature, returnsLayer, operands, arguments, weights, ReadRequirements(), ReadMultiplyAdds(attribute), "");
        if (signature is not null)
        {
            CheckNames(definition, attribute);
            definition = definition with { Positions = ReadPositions(signature, arguments) };
        }

        if (attribute.Named<INamedTypeSymbol>("Figure") is { } figure)
        {
            return ReadFigure(definition, figure, attribute);
        }

        if (movement != MovementKind.None || reduction != BatchReductionKind.None)
        {
            EquatableArray<KernelMember> builtIn = movement != MovementKind.None
                ? [BuiltIn("", operands[0].Name)]
                : [BuiltIn("", operands[0].Name), BuiltIn(operands[0].Name, "dy")];
            return definition with { Spec = definition.Spec with { Members = builtIn } };
        }

        var reader = new KernelReader(definition, method, problems, attribute.Named<string>("Sequence") ?? "");
        var members = reader.Read(attribute);
        var spec = definition.Spec with { Members = members, Prediction = reader.Prediction, Updates = reader.Updates, Record = reader.Record, FromRecord = reader.FromRecord };
        return definition with { Spec = attribute.Named<INamedTypeSymbol>("Kernel") is { } kernel ? ChannelMapReader.Read(spec, definition, kernel, bodies, problems) : spec };
    }

    /// <summary>The method that makes figures of counts runs at the end of an evaluation, on the host; the compiler only passes its name on.</summary>
    OperatorDefinition ReadFigure(OperatorDefinition definition, INamedTypeSymbol figure, AttributeData attribute)
    {
        var isMethod = figure.GetMembers("Of").OfType<IMethodSymbol>().Any(static m =>
            m is { IsStatic: true, ReturnsVoid: true, IsGenericMethod: false, Parameters.Length: 2 } && IsSpan(m.Parameters[0], "ReadOnlySpan") && IsSpan(m.Parameters[1], "Span"));
        if (!isMethod || definition.Operands.Count != 1 || definition.Signature is not { Output.Batched: false } signature || signature.Inputs[0].Batched)
        {
            problems.Report(
                Descriptors.BadOperator, attribute,
                $"Operator '{method.Name}' makes figures of counts: it takes one tensor without a batch axis and gives one ('[K] -> []'), and '{figure.Name}' needs a method 'static void Of(ReadOnlySpan<double> counts, Span<double> figures)'");
        }

        return definition with { Spec = definition.Spec with { Figure = $"{figure.FullName()}.Of", Members = [BuiltIn("", definition.Operands[0].Name)] } };
    }

    static bool IsSpan(IParameterSymbol parameter, string name) =>
        parameter.Type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_Double }] } type && type.Name == name;

    static KernelMember BuiltIn(string target, string reads) => new(target, MemberForm.BuiltIn, "", 0, [reads], [], "");

    static bool IsOperand(IParameterSymbol parameter) =>
        Symbols.IsTensor(parameter.Type) || Symbols.IsLabels(parameter.Type) || Symbols.IsTensors(parameter.Type);

    static Operand ReadOperand(IParameterSymbol parameter) =>
        new(parameter.Name, Symbols.IsLabels(parameter.Type), Symbols.IsTensors(parameter.Type));

    IMethodSymbol? FindFunction(AttributeData attribute, string name)
    {
        var owner = attribute.Named<INamedTypeSymbol>("In") ?? method.ContainingType;
        var function = owner.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(static m => m.IsStatic && m.ReturnType.SpecialType == SpecialType.System_Single);
        if (function is null)
        {
            problems.Report(Descriptors.BadScalarFunction, attribute, $"'{owner.Name}' has no static method 'float {name}(…)' for operator '{method.Name}'");
        }

        return function;
    }

    EquatableArray<WeightDefinition> ReadWeights() => method.GetAttributes()
        .Where(static a => a.Is("WeightAttribute"))
        .Select(a => problems.Try(a, () => new WeightDefinition(
            a.Positional<string>(0) ?? "",
            Signature.ParseShape(a.Positional<string>(1) ?? ""),
            ((INamedTypeSymbol)a.ConstructorArguments[2].Type!).GetMembers().OfType<IFieldSymbol>().First(f => Equals(f.ConstantValue, a.ConstructorArguments[2].Value)).Name,
            a.Named<float>("Value"),
            a.Named<string>("When") ?? "",
            a.Named<bool>("Frozen"))))
        .OfType<WeightDefinition>()
        .ToEquatableArray();

    EquatableArray<Requirement> ReadRequirements() => method.GetAttributes()
        .Where(static a => a.Is("RequiresAttribute"))
        .Select(a => problems.Try(a, () => Requirement.Parse(a.Positional<string>(0) ?? "", a.Positional<string>(1) ?? "", a.Named<string>("Argument") ?? "")))
        .OfType<Requirement>()
        .ToEquatableArray();

    EquatableArray<PositionRule> ReadPositions(Signature signature, EquatableArray<string> arguments) => method.GetAttributes()
        .Where(static a => a.Is("PositionAttribute"))
        .Select(a => problems.Try(a, () => PositionRule.Parse(a.Positional<string>(0) ?? "", signature, arguments)))
        .OfType<PositionRule>()
        .ToEquatableArray();

    Expression? ReadMultiplyAdds(AttributeData attribute) =>
        attribute.Named<string>("MultiplyAdds") is { Length: > 0 } text ? problems.Try(attribute, () => ExpressionParser.Parse(text)) : null;

    /// <summary>Every name of a rule is an axis or an argument.</summary>
    void CheckNames(OperatorDefinition definition, AttributeData attribute)
    {
        var signature = definition.Signature!;
        var known = new HashSet<string>(definition.Arguments);
        known.UnionWith(method.Parameters.Where(static p => p.Type.TypeKind == TypeKind.Enum).SelectMany(static p => p.Type.GetMembers().OfType<IFieldSymbol>().Select(f => $"{p.Type.Name}.{f.Name}")));
        var patterns = signature.Inputs.Append(signature.Output).Concat(definition.Weights.Select(static w => w.Shape)).ToList();
        known.UnionWith(signature.Inputs.SelectMany(static p => p.Axes).Select(static a => a.Name));
        known.UnionWith(patterns.SelectMany(static p => p.Axes).Where(static a => a.Size is not null).Select(static a => a.Name));
        var used = patterns.SelectMany(static p => p.Axes).SelectMany(static a => a.Size?.Names ?? [a.Name])
            .Concat(definition.Requirements.SelectMany(static r => r.Names))
            .Concat(definition.MultiplyAdds?.Names ?? []);
        if (used.FirstOrDefault(n => !known.Contains(n)) is { } unknown)
        {
            problems.Report(Descriptors.BadRule, attribute, $"'{unknown}' in the shape rules of '{method.Name}' is neither an axis of an input nor a parameter of the method");
        }

        const string channels = "[N, C, *S]";
        if (definition.Spec.Neighbours is { Length: > 0 } neighbours
            && !(definition.Arguments.Contains(neighbours) && definition.Weights.Count == 0
                && attribute.Positional<string>(0) == $"{string.Join(", ", definition.Operands.Select(static _ => channels))} -> {channels}"))
        {
            problems.Report(Descriptors.BadRule, attribute, $"'{method.Name}' computes with '{neighbours}' neighbouring channels: that must be a parameter, and the shape rule be {channels} of every tensor");
        }

        if (definition.Weights.FirstOrDefault(w => w.When.Length > 0 && !definition.Arguments.Contains(w.When)) is { } weight)
        {
            problems.Report(Descriptors.BadRule, attribute, $"'{weight.When}' of weight '{weight.Name}' is not a parameter of '{method.Name}'");
        }
    }
}
