using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.Generators.Frontend;

/// <summary>Records and other objects of the user's.</summary>
sealed partial class PartialEvaluator
{
    readonly Stack<object?> conditionalInstances = [];

    object? Create(IObjectCreationOperation creation)
    {
        if (creation.Constructor is not { } constructor || creation.Type is not INamedTypeSymbol type)
        {
            throw new AnalysisException();
        }

        var arguments = Arguments(creation.Arguments, constructor.Parameters.Length);
        object value = type.DeclaringSyntaxReferences.Length > 0 ? Construct(type, constructor, arguments, creation)
            : type.IsTupleType ? TupleValue.Of(arguments)
            : BaseLibrary.Create(type, arguments) ?? throw NoBody(type, creation);
        return Fill(value, creation.Initializer);
    }

    ObjectValue Construct(INamedTypeSymbol type, IMethodSymbol constructor, object?[] arguments, IOperation site)
    {
        var value = new ObjectValue(type);
        var variables = new Scope(null);
        var isPrimary = IsPrimary(constructor);
        for (var i = 0; isPrimary && i < arguments.Length; i++)
        {
            var parameter = constructor.OriginalDefinition.Parameters[i];
            variables.Declare(parameter, arguments[i]);
            value.Members[parameter.Name] = arguments[i];
            Hold(arguments[i], CamelCase(parameter.Name));
        }

        var callee = new Frame(frame, site, frame.IsForeign, frame.Names, frame.Session, value);
        InFrame(callee, variables, () =>
        {
            foreach (var member in type.GetMembers().Where(m => !m.IsStatic && m is IFieldSymbol { IsImplicitlyDeclared: false } or IPropertySymbol { IsIndexer: false }))
            {
                if (bodies.Initializer(member.OriginalDefinition) is { } initializer)
                {
                    value.Members[member.Name] = EvaluateFor(CamelCase(member.Name), initializer);
                }
                else if (!value.Members.ContainsKey(member.Name) && IsStored(member))
                {
                    value.Members[member.Name] = Default((member as IFieldSymbol)?.Type ?? ((IPropertySymbol)member).Type);
                }
            }

            return value;
        });
        if (!isPrimary && !constructor.IsImplicitlyDeclared)
        {
            RunConstructor(constructor, arguments, callee);
        }

        return value;
    }

    void RunConstructor(IMethodSymbol constructor, object?[] arguments, Frame callee)
    {
        if (bodies.Find(constructor) is not { Operation: IConstructorBodyOperation body } found)
        {
            throw NoBody(constructor, callee.Site!);
        }

        InFrame<object?>(callee, new Scope(null), () =>
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                scope.Declare(found.Method.Parameters[i], arguments[i]);
            }

            if (body.Initializer is IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod.ContainingType.SpecialType: not SpecialType.System_Object } chained })
            {
                RunConstructor(chained.TargetMethod, Arguments(chained.Arguments, chained.TargetMethod.Parameters.Length), callee);
            }

            RunAll((body.BlockBody ?? body.ExpressionBody)?.Operations ?? []);
            return null;
        });
    }

    static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(static r => r.GetSyntax() is TypeDeclarationSyntax);

    /// <summary>A field, or a property that the compiler gives one.</summary>
    static bool IsStored(ISymbol member) => member is IFieldSymbol
        || (member is IPropertySymbol property && property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property)));

    ObjectValue CreateAnonymous(IAnonymousObjectCreationOperation creation)
    {
        var value = new ObjectValue((INamedTypeSymbol)creation.Type!);
        foreach (var assignment in creation.Initializers.OfType<ISimpleAssignmentOperation>())
        {
            if (assignment.Target is IPropertyReferenceOperation property)
            {
                value.Members[property.Property.Name] = Evaluate(assignment.Value);
            }
        }

        return value;
    }

    object? With(IWithOperation with) => Evaluate(with.Operand) is ObjectValue record
        ? Fill(record.Clone(), with.Initializer)
        : throw Unsupported(with);

    object Fill(object value, IObjectOrCollectionInitializerOperation? initializer)
    {
        var outer = frame.Filled;
        frame.Filled = value;
        foreach (var part in initializer?.Initializers ?? [])
        {
            Evaluate(part);
        }

        frame.Filled = outer;
        return value;
    }

    object? ConditionalAccess(IConditionalAccessOperation access)
    {
        if (Evaluate(access.Operation) is not { } instance)
        {
            return null;
        }

        conditionalInstances.Push(instance);
        var value = Evaluate(access.WhenNotNull);
        conditionalInstances.Pop();
        return value;
    }

    static IEnumerable<string> PositionalMembers(INamedTypeSymbol type) =>
        type.InstanceConstructors.FirstOrDefault(IsPrimary)?.Parameters.Select(static p => p.Name) ?? [];

    /// <summary>The override of a virtual method that the object's own type has.</summary>
    static IMethodSymbol Implementation(IMethodSymbol method, ObjectValue receiver)
    {
        if (method.ContainingType.TypeKind == TypeKind.Interface)
        {
            return receiver.Type.FindImplementationForInterfaceMember(method) as IMethodSymbol ?? method;
        }

        for (var type = receiver.Type; type is not null && (method.IsVirtual || method.IsAbstract || method.IsOverride); type = type.BaseType)
        {
            foreach (var candidate in type.GetMembers(method.Name).OfType<IMethodSymbol>())
            {
                for (var overridden = candidate; overridden is not null; overridden = overridden.OverriddenMethod)
                {
                    if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method.OriginalDefinition))
                    {
                        return candidate;
                    }
                }
            }
        }

        return method;
    }

    /// <summary>A value in the words of a message.</summary>
    static string Describe(object? value) => value switch
    {
        null => "null",
        TensorValue tensor => $"a tensor {tensor.Type}",
        FunctionValue => "a layer or function",
        TupleValue => "a tuple",
        ArrayValue array => $"a list of {array.Items.Count}",
        ObjectValue record => $"a '{record.Type.Name}'",
        string text => $"\"{text}\"",
        _ => Arithmetic.Text(value),
    };
}
