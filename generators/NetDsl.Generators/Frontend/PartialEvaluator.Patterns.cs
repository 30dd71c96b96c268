using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.Generators.Frontend;

/// <summary>Pattern matching.</summary>
sealed partial class PartialEvaluator
{
    object? Switch(ISwitchExpressionOperation choice)
    {
        var value = Evaluate(choice.Value);
        foreach (var arm in choice.Arms)
        {
            if (Matches(arm.Pattern, value) && (arm.Guard is null || Condition(arm.Guard)))
            {
                return Evaluate(arm.Value);
            }
        }

        throw Failure(Descriptors.Failed, choice, $"No arm of this switch takes {Describe(value)}");
    }

    bool Matches(ICaseClauseOperation clause, object? value) => clause switch
    {
        ISingleValueCaseClauseOperation single => Equal(value, Evaluate(single.Value)),
        IPatternCaseClauseOperation pattern => Matches(pattern.Pattern, value) && (pattern.Guard is null || Condition(pattern.Guard)),
        _ => false,
    };

    bool Matches(IPatternOperation pattern, object? value)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        Step(pattern);
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return true;
            case IConstantPatternOperation constant:
                return Equal(value, Evaluate(constant.Value));
            case IRelationalPatternOperation relational:
                return value is not null && Arithmetic.Binary(relational.OperatorKind, value, Evaluate(relational.Value), false) is true;
            case INegatedPatternOperation negated:
                return !Matches(negated.Pattern, value);
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return Matches(both.LeftPattern, value) && Matches(both.RightPattern, value);
            case IBinaryPatternOperation either:
                return Matches(either.LeftPattern, value) || Matches(either.RightPattern, value);
            case ITypePatternOperation type:
                return IsType(value, type.MatchedType);
            case IDeclarationPatternOperation declaration:
                return (value is null ? declaration.MatchesNull : IsType(value, declaration.MatchedType ?? declaration.InputType)) && Bind(declaration.DeclaredSymbol, value);
            case IRecursivePatternOperation recursive:
                return MatchesParts(recursive, value) && Bind(recursive.DeclaredSymbol, value);
            case IListPatternOperation list:
                return MatchesList(list, value) && Bind(list.DeclaredSymbol, value);
            default:
                throw Unsupported(pattern);
        }
    }

    bool Bind(ISymbol? variable, object? value)
    {
        if (variable is not null)
        {
            scope.Declare(variable, value);
        }

        return true;
    }

    bool MatchesParts(IRecursivePatternOperation pattern, object? value)
    {
        if (value is null || !IsType(value, pattern.MatchedType))
        {
            return false;
        }

        var subpatterns = pattern.DeconstructionSubpatterns;
        if (subpatterns.Length > 0)
        {
            var parts = Parts(value, subpatterns.Length, pattern);
            for (var i = 0; i < subpatterns.Length; i++)
            {
                if (!Matches(subpatterns[i], parts[i]))
                {
                    return false;
                }
            }
        }

        return pattern.PropertySubpatterns.All(p => Matches(p.Pattern, Member(value, ((IMemberReferenceOperation)p.Member).Member, p)));
    }

    bool MatchesList(IListPatternOperation pattern, object? value)
    {
        if (value is not ArrayValue { Items: var items })
        {
            return false;
        }

        var patterns = pattern.Patterns;
        var slice = patterns.ToList().FindIndex(static p => p is ISlicePatternOperation);
        if (slice < 0 ? items.Count != patterns.Length : items.Count < patterns.Length - 1)
        {
            return false;
        }

        for (var i = 0; i < patterns.Length; i++)
        {
            var matches = i == slice
                ? ((ISlicePatternOperation)patterns[i]).Pattern is not { } rest || Matches(rest, new ArrayValue(items.Skip(i).Take(items.Count - patterns.Length + 1)))
                : Matches(patterns[i], items[slice >= 0 && i > slice ? items.Count - patterns.Length + i : i]);
            if (!matches)
            {
                return false;
            }
        }

        return true;
    }

    static bool IsType(object? value, ITypeSymbol type) => value switch
    {
        null => false,
        _ when type.SpecialType == SpecialType.System_Object => true,
        _ when type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => IsType(value, nullable.TypeArguments[0]),
        ObjectValue record => Bases(record.Type).Any(t => SymbolEqualityComparer.Default.Equals(t, type)),
        TensorValue => Symbols.IsTensor(type) || Symbols.IsLabels(type),
        FunctionValue => type.TypeKind == TypeKind.Delegate,
        TupleValue => type.IsTupleType,
        ArrayValue => type.TypeKind is TypeKind.Array or TypeKind.Interface || type is INamedTypeSymbol { TypeArguments.Length: 1 },
        _ when type.TypeKind == TypeKind.Enum => value is int,
        _ => type.SpecialType == Arithmetic.TypeOf(value),
    };

    static IEnumerable<ITypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (ITypeSymbol? at = type; at is not null; at = at.BaseType)
        {
            yield return at;
        }

        foreach (var contract in type.AllInterfaces)
        {
            yield return contract;
        }
    }

    static bool Equal(object? a, object? b) => Equals(a, b) || (a is not null && b is not null && Arithmetic.Binary(BinaryOperatorKind.Equals, a, b, false) is true);
}
