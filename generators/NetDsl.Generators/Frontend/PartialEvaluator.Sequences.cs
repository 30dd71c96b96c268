using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Frontend;

/// <summary>Arrays, collection expressions, strings.</summary>
sealed partial class PartialEvaluator
{
    ArrayValue CreateArray(IArrayCreationOperation creation)
    {
        if (creation.Initializer is { } initializer)
        {
            return new(initializer.ElementValues.Select(v => v is IArrayInitializerOperation ? throw Unsupported(v) : Evaluate(v)));
        }

        if (creation.DimensionSizes is not [var dimension] || Evaluate(dimension) is not int size)
        {
            throw Unsupported(creation);
        }

        if (size < 0)
        {
            throw Failure(Descriptors.Failed, creation, $"An array cannot have {size} elements");
        }

        Spend(size, creation);

        var element = (creation.Type as IArrayTypeSymbol)?.ElementType;
        return new(Enumerable.Repeat(Default(element), size));
    }

    ArrayValue Collect(ICollectionExpressionOperation collection)
    {
        var items = new List<object?>();
        foreach (var element in collection.Elements)
        {
            if (element is ISpreadOperation spread)
            {
                items.AddRange(Sequence(Evaluate(spread.Operand), spread));
            }
            else
            {
                items.Add(Evaluate(element));
            }
        }

        return new(items);
    }

    /// <summary>The elements of a sequence as they are now: the loop's body may change it.</summary>
    List<object?> Sequence(object? value, IOperation place)
    {
        Spend(Count(value), place);
        return value switch
        {
            ArrayValue array => [.. array.Items],
            string text => [.. text.Cast<object?>()],
            _ => throw Failure(Descriptors.Unsupported, place, $"{Describe(value)} is not a sequence that is known while compiling"),
        };
    }

    string Interpolate(IInterpolatedStringOperation text)
    {
        var result = new System.Text.StringBuilder();
        foreach (var part in text.Parts)
        {
            switch (part)
            {
                case IInterpolatedStringTextOperation literal:
                    result.Append(literal.Text.ConstantValue.Value);
                    break;
                case IInterpolationOperation hole:
                    result.Append(Text(hole));
                    break;
            }
        }

        return result.ToString();
    }

    string Text(IInterpolationOperation hole)
    {
        var value = Evaluate(hole.Expression);
        var format = hole.FormatString?.ConstantValue.Value as string;
        var width = hole.Alignment is { } alignment && Evaluate(alignment) is int columns ? columns : 0;
        value = value is Size size ? size.Value : value;
        return value is null || Arithmetic.TypeOf(value) != SpecialType.None
            ? BaseLibrary.Format(value, format, width) ?? throw Failure(Descriptors.Unsupported, hole, "This format is too wide to be evaluated while compiling")
            : throw Failure(Descriptors.Unsupported, hole, $"{Describe(value)} has no text while compiling");
    }

    RangeValue Range(IRangeOperation range)
    {
        return new(
            Bound(range.LeftOperand) ?? new(0, FromEnd: false),
            Bound(range.RightOperand) ?? new(0, FromEnd: true));

        IndexValue? Bound(IOperation? bound) => bound is null ? null : Evaluate(bound) switch { IndexValue index => index, int i => new(i, FromEnd: false), _ => null };
    }

    static object? Default(ITypeSymbol? type) => type switch
    {
        { TypeKind: TypeKind.Enum } => 0,
        INamedTypeSymbol { IsTupleType: true } tuple => TupleValue.Of(tuple.TupleElements.Select(static e => Default(e.Type)).ToList()),
        { SpecialType: SpecialType.System_Boolean } => false,
        { SpecialType: not SpecialType.None } => Arithmetic.Convert(0, type.SpecialType),
        _ => null,
    };
}
