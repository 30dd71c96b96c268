using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.Generators.Frontend;

/// <summary>Assignments and deconstruction.</summary>
sealed partial class PartialEvaluator
{
    object? Assign(ISimpleAssignmentOperation assignment)
    {
        var value = EvaluateFor(TargetName(assignment.Target), assignment.Value);
        Store(assignment.Target, value);
        return value;
    }

    object? CompoundAssign(ICompoundAssignmentOperation assignment)
    {
        var current = Evaluate(assignment.Target);
        var value = assignment.OperatorMethod is { } method
            ? ApplyOperatorMethod(method, assignment, current, assignment.Value)
            : BinaryConstants(assignment.OperatorKind, ConvertTo(current, (assignment.Type as INamedTypeSymbol)?.SpecialType ?? default, assignment.Value.Type), Evaluate(assignment.Value), assignment.IsChecked, assignment);
        if (Arithmetic.TypeOf(value) != SpecialType.None && assignment.Type is { } type)
        {
            value = Arithmetic.Convert(value, type.SpecialType) ?? value;
        }

        Store(assignment.Target, value);
        return value;
    }

    /// <summary><c>i += 0.5f</c> computes in the wider type.</summary>
    static object? ConvertTo(object? current, SpecialType type, ITypeSymbol? wider) =>
        wider is not null && wider.SpecialType != type ? Arithmetic.Convert(current, wider.SpecialType) ?? current : current;

    object? CoalesceAssign(ICoalesceAssignmentOperation assignment)
    {
        if (Evaluate(assignment.Target) is { } current)
        {
            return current;
        }

        var value = EvaluateFor(TargetName(assignment.Target), assignment.Value);
        Store(assignment.Target, value);
        return value;
    }

    object? Increment(IIncrementOrDecrementOperation increment)
    {
        var current = Evaluate(increment.Target);
        var kind = increment.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
        var value = BinaryConstants(kind, current, Arithmetic.Convert(1, Arithmetic.TypeOf(current)), increment.IsChecked, increment);
        Store(increment.Target, value);
        return increment.IsPostfix ? current : value;
    }

    object? Deconstruct(IDeconstructionAssignmentOperation assignment)
    {
        var value = Evaluate(assignment.Value);
        StoreParts(assignment.Target, value);
        return value;
    }

    void StoreParts(IOperation target, object? value)
    {
        target = Unwrap(target is IDeclarationExpressionOperation declaration ? declaration.Expression : target);
        if (target is not ITupleOperation tuple)
        {
            Hold(value, TargetName(target));
            Store(target, value);
            return;
        }

        var parts = Parts(value, tuple.Elements.Length, tuple);
        for (var i = 0; i < parts.Count; i++)
        {
            StoreParts(tuple.Elements[i], parts[i]);
        }
    }

    List<object?> Parts(object? value, int count, IOperation place)
    {
        var parts = value switch
        {
            TupleValue tuple => tuple.Items.ToList(),
            ArrayValue array => array.Items,
            ObjectValue record => PositionalMembers(record.Type).Select(p => record.Members.TryGetValue(p, out var member) ? member : null).ToList(),
            _ => throw Failure(Descriptors.Unsupported, place, $"{Describe(value)} cannot be taken apart"),
        };
        return parts.Count == count ? parts : throw Failure(Descriptors.PartCount, place, $"There are {parts.Count} parts but {count} are taken");
    }

    void Store(IOperation target, object? value)
    {
        switch (target)
        {
            case ILocalReferenceOperation local when local.IsDeclaration:
                scope.Declare(local.Local, value);
                break;
            case ILocalReferenceOperation local:
                scope.Assign(local.Local, value);
                break;
            case IParameterReferenceOperation { Parameter: var captured } when scope.Find(captured) is null && PrimaryParameters(captured) is { } members:
                members[captured.Name] = value;
                break;
            case IParameterReferenceOperation parameter:
                scope.Assign(parameter.Parameter, value);
                break;
            case IDeclarationExpressionOperation declaration:
                Store(declaration.Expression, value);
                break;
            case IDiscardOperation:
                unused.Meant(value);
                break;
            case IArrayElementReferenceOperation { Indices.Length: 1 } element:
                StoreElement(Evaluate(element.ArrayReference), Evaluate(element.Indices[0]), value, element);
                break;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1, Instance: { } list } indexer:
                StoreElement(Evaluate(list), Evaluate(indexer.Arguments[0].Value), value, indexer);
                break;
            case IMemberReferenceOperation { Instance: { } owner } member when Evaluate(owner) is ObjectValue record:
                record.Members[member.Member.Name] = value;
                break;
            default:
                throw Failure(Descriptors.Unsupported, target, $"'{TextOf(target.Syntax)}' cannot be assigned while compiling; assign locals, elements of arrays and members of your own objects");
        }
    }

    void StoreElement(object? list, object? index, object? value, IOperation place)
    {
        Indexed(list, index, place);
        if (list is ArrayValue array)
        {
            array.Items[index is IndexValue fromEnd ? fromEnd.Of(array.Items.Count) : (int)index!] = value;
        }
    }

    static string TargetName(IOperation target) => target switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IDeclarationExpressionOperation declaration => TargetName(declaration.Expression),
        IMemberReferenceOperation member => CamelCase(member.Member.Name),
        _ => "",
    };

    static string CamelCase(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name.Substring(1);
}
