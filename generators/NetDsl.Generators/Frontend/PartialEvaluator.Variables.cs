using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.Generators.Frontend;

/// <summary>Values of variables, fields, properties and elements.</summary>
sealed partial class PartialEvaluator
{
    object? Variable(ISymbol variable, IOperation use) => scope.TryGet(variable, out var value) || (PrimaryParameters(variable)?.TryGetValue(variable.Name, out value) ?? false)
        ? value
        : throw Failure(Descriptors.Unsupported, use, $"'{variable.Name}' has no value while compiling");

    /// <summary>The object that has captured a parameter of its primary constructor.</summary>
    Dictionary<string, object?>? PrimaryParameters(ISymbol variable) =>
        variable is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } && frame.Receiver is ObjectValue owner ? owner.Members : null;

    object? Instance(IInstanceReferenceOperation instance) =>
        instance.ReferenceKind == InstanceReferenceKind.ImplicitReceiver ? frame.Filled : frame.Receiver;

    object? Field(IFieldReferenceOperation reference)
    {
        var field = reference.Field;
        if (reference.Instance is null)
        {
            return field.HasConstantValue ? field.ConstantValue : Static(field, reference);
        }

        return Evaluate(reference.Instance) is TupleValue tuple && field.ContainingType.IsTupleType
            ? tuple.Items[TupleIndex(field)]
            : Member(Evaluate(reference.Instance), field, reference);
    }

    static int TupleIndex(IFieldSymbol field) => field.ContainingType.TupleElements.ToList().FindIndex(e =>
        SymbolEqualityComparer.Default.Equals(e, field) || SymbolEqualityComparer.Default.Equals(e.CorrespondingTupleField, field.CorrespondingTupleField));

    object? Property(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (reference.Instance is null)
        {
            return Static(property, reference);
        }

        var instance = Evaluate(reference.Instance);
        return property.IsIndexer && reference.Arguments.Length == 1
            ? Indexed(instance, Evaluate(reference.Arguments[0].Value), reference)
            : Member(instance, property, reference);
    }

    /// <summary>A static field or property. One with an initializer is evaluated once a network; a computed property at each use.</summary>
    object? Static(ISymbol member, IOperation use)
    {
        member = member.OriginalDefinition;
        if (statics.TryGetValue(member, out var known))
        {
            return known;
        }

        if (bodies.Initializer(member) is { } initializer)
        {
            statics[member] = null;
            var value = InFrame(new(frame, use, false, rootNames, new(null), null), new Scope(null), () => Evaluate(initializer));
            Hold(value, member.Name.TrimStart('_'));
            return statics[member] = Treated(value, member);
        }

        if (Symbols.IsFiller(member))
        {
            return new Start(member.Name, 0);
        }

        return member is IPropertySymbol { GetMethod: { } getter } && bodies.Find(getter) is { } body
            ? Treated(CallBody(body, [], null, use, null), member)
            : BaseLibrary.StaticMember(member) ?? throw NoBody(member, use);
    }

    /// <summary>A layer in a member marked <c>[Frozen]</c> is not trained.</summary>
    static object? Treated(object? value, ISymbol member) =>
        value is FunctionValue layer && member.Attribute("FrozenAttribute") is not null ? new TreatedLayer(layer, Treatment.Freeze) : value;

    object? Member(object? instance, ISymbol member, IOperation use)
    {
        switch (instance)
        {
            case null:
                throw Failure(Descriptors.Failed, use, $"'{member.Name}' is read of null");
            case TensorValue tensor when member.Name == "Shape":
                unused.Measured(tensor, Visible(use).Syntax);
                return new ArrayValue((tensor.Type.Batched ? [Batch] : Array.Empty<object?>()).Concat(tensor.Type.Sizes.Select(FreeNumbers.Known)));
            case ArrayValue array when member.Name is "Length" or "Count":
                return array.Items.Count;
            case string text when member.Name == "Length":
                return text.Length;
            case ObjectValue record when record.Members.TryGetValue(member.Name, out var value):
                return Treated(value, member);
            case ObjectValue record when member is IPropertySymbol { GetMethod: { } getter } && bodies.Find(Implementation(getter, record)) is { } body:
                return CallBody(body, [], record, use, null);
        }

        return member.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            ? member.Name == "HasValue" ? true : instance
            : throw Failure(Descriptors.Unsupported, use, $"'{member.Name}' of {Describe(instance)} is not known while compiling");
    }

    /// <summary>What <see cref="NetDsl"/>'s <c>Batch</c> reads as.</summary>
    const int Batch = -1;

    object? ArrayElement(IArrayElementReferenceOperation element)
    {
        var instance = Evaluate(element.ArrayReference);
        foreach (var index in element.Indices)
        {
            instance = Indexed(instance, Evaluate(index), element);
        }

        return instance;
    }

    object? Indexed(object? instance, object? index, IOperation use)
    {
        if (index is RangeValue range)
        {
            var (start, end) = (range.Start.Of(Count(instance)), range.End.Of(Count(instance)));
            if (start < 0 || end < start || end > Count(instance))
            {
                throw Failure(Descriptors.Failed, use, $"The range {start}..{end} does not lie in 0..{Count(instance)}");
            }

            return instance is string s ? s.Substring(start, end - start) : new ArrayValue(((ArrayValue)instance!).Items.GetRange(start, end - start));
        }

        var at = index switch { IndexValue value => value.Of(Count(instance)), int i => i, _ => -1 };
        return instance switch
        {
            ArrayValue array when at >= 0 && at < array.Items.Count => array.Items[at],
            string text when at >= 0 && at < text.Length => text[at],
            ArrayValue or string => throw Failure(Descriptors.Failed, use, $"Index {at} is outside 0 … {Count(instance) - 1}"),
            _ => throw Failure(Descriptors.Unsupported, use, $"{Describe(instance)} has no elements that are known while compiling"),
        };
    }

    static int Count(object? value) => value switch { ArrayValue array => array.Items.Count, string text => text.Length, _ => 0 };
}
