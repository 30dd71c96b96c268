using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Frontend;

/// <summary><c>x | f</c>, <c>f >> g</c> and arithmetic.</summary>
sealed partial class PartialEvaluator
{
    const string Pipe = "op_BitwiseOr";
    const string Equality = "op_Equality";
    const string Inequality = "op_Inequality";
    const string Compose = "op_RightShift";

    object? Binary(IBinaryOperation operation)
    {
        // A pipeline leans to the left and may be thousands of stages long: walk down its spine in a loop.
        var spine = new Stack<IBinaryOperation>();
        IOperation left = operation;
        while (left is IBinaryOperation { OperatorKind: not (BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr) } binary && !binary.ConstantValue.HasValue)
        {
            spine.Push(binary);
            left = binary.LeftOperand;
        }

        if (spine.Count == 0)
        {
            return Condition(operation.LeftOperand) == (operation.OperatorKind == BinaryOperatorKind.ConditionalOr)
                ? operation.OperatorKind == BinaryOperatorKind.ConditionalOr
                : Condition(operation.RightOperand);
        }

        var value = Evaluate(left);
        while (spine.Count > 0)
        {
            var stage = spine.Pop();
            Step(stage);
            value = stage.OperatorMethod is { } method
                ? ApplyOperatorMethod(method, stage, value, stage.RightOperand)
                : BinaryConstants(stage.OperatorKind, value, Evaluate(stage.RightOperand), stage.IsChecked, stage);
        }

        return value;
    }

    object? ApplyOperatorMethod(IMethodSymbol method, IOperation operation, object? left, IOperation right)
    {
        var isLanguage = Symbols.IsLanguageNamespace(method.ContainingNamespace);
        if (isLanguage && method.Name == Pipe && method.ContainingType.Name == "Tensor")
        {
            return Apply(Layer(Evaluate(right), right), Tensor(left, operation), right);
        }

        if (isLanguage && method.Name == Compose)
        {
            return new Composition(Layer(left, operation), Layer(Evaluate(right), right));
        }

        if (method is { IsImplicitlyDeclared: true, Name: Equality or Inequality })
        {
            return Equals(left, Evaluate(right)) == (method.Name == Equality);
        }

        return left is null && method.ContainingType.SpecialType == SpecialType.System_String
            ? Arithmetic.Text(left) + Arithmetic.Text(Evaluate(right))
            : Call(method, [left, Evaluate(right)], null, operation, null);
    }

    object? BinaryConstants(BinaryOperatorKind kind, object? left, object? right, bool isChecked, IOperation operation)
    {
        if (kind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals && (left is null || right is null || Arithmetic.TypeOf(left) == SpecialType.None))
        {
            return Equals(left, right) == (kind == BinaryOperatorKind.Equals);
        }

        if (left is Size or FreeReal || right is Size or FreeReal)
        {
            return FreeBinary(kind, left, right, operation);
        }

        if (left is FunctionValue && right is FunctionValue)
        {
            throw Failure(Descriptors.DelegateSum, operation, "This adds two delegates, not what two layers compute; write 'x => f(x) + g(x)'");
        }

        try
        {
            // Comparing with null is false in C#, arithmetic with null is null.
            return left is null || right is null
                ? kind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual ? false
                    : kind == BinaryOperatorKind.Add && (left is string || right is string) ? Arithmetic.Text(left) + Arithmetic.Text(right) : null
                : Arithmetic.Binary(kind, left, right, isChecked) ?? throw Unsupported(operation);
        }
        catch (ArithmeticException e)
        {
            throw Failure(Descriptors.Failed, operation, e is DivideByZeroException ? "This divides by zero" : "This overflows");
        }
    }

    /// <summary>A comparison is decided at the reference, and must come out so in every instance.</summary>
    object FreeBinary(BinaryOperatorKind kind, object? left, object? right, IOperation operation)
    {
        try
        {
            return FreeNumbers.Binary(kind, left, right, Guard) ?? FreeNumbers.Real(kind, left, right) ?? throw Failure(Descriptors.Unsupported, operation, "The height and width of this network are free; numbers can be computed from them, and whole ones compared");
        }
        catch (ArithmeticException)
        {
            throw Failure(Descriptors.Failed, operation, "This divides by zero");
        }

        void Guard(string condition)
        {
            free.Stage = "";
            free.Require(condition, $"'{FreeSizes.Escape(TextOf(Visible(operation).Syntax))}' was compiled for a height and width of {free.Reference.Height}×{free.Reference.Width}; {FreeSizes.Hole(free.Height)}×{FreeSizes.Hole(free.Width)} needs another network there");
        }
    }

    object? Unary(IUnaryOperation unary)
    {
        var value = Evaluate(unary.Operand);
        if (value is Size or FreeReal && unary.OperatorKind == UnaryOperatorKind.Minus)
        {
            return FreeBinary(BinaryOperatorKind.Multiply, -1, value, unary);
        }

        return unary switch
        {
            { OperatorMethod: { } method } => Call(method, [value], null, unary, null),
            { OperatorKind: UnaryOperatorKind.Hat } => new IndexValue((int)value!, FromEnd: true),
            _ => value is null ? null : Arithmetic.Unary(unary.OperatorKind, value) ?? throw Unsupported(unary),
        };
    }

    object? Convert(IConversionOperation conversion)
    {
        var value = Evaluate(conversion.Operand);
        if (conversion.OperatorMethod is { } method)
        {
            // Arrays convert to spans, numbers to indices.
            return value is ArrayValue ? value
                : value is int index && conversion.Type?.Name == "Index" ? new IndexValue(index, FromEnd: false)
                : Call(method, [value], null, conversion, null);
        }

        if (value is Size size && conversion.Type?.SpecialType == SpecialType.System_Single)
        {
            return FreeReal.Of(size);
        }

        var type = conversion.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : conversion.Type;
        if (conversion.IsTryCast && (value is null || type is null || !IsType(value, type)))
        {
            return null;
        }

        var special = type is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying.SpecialType : type?.SpecialType ?? SpecialType.None;
        return conversion.Conversion.IsNumeric || type?.TypeKind == TypeKind.Enum || conversion.Operand.Type?.TypeKind == TypeKind.Enum || Arithmetic.TypeOf(value) is not (SpecialType.None or SpecialType.System_String or SpecialType.System_Boolean)
            ? Arithmetic.Convert(value, special) ?? value
            : value;
    }

    /// <summary>An option of the library is one of those it has: what an operator does for another number is said nowhere.</summary>
    void CheckOption(IConversionOperation conversion)
    {
        if (conversion.Type is { TypeKind: TypeKind.Enum } type && Symbols.IsLanguageNamespace(type.ContainingNamespace) && conversion.ConstantValue is { HasValue: true, Value: { } number }
            && type.GetMembers().OfType<IFieldSymbol>().Where(static f => f.HasConstantValue).ToList() is var members && !members.Any(m => Equals(m.ConstantValue, number)))
        {
            throw Failure(Descriptors.BadArgument, conversion, $"{number} is not a {type.Name}: it is one of {string.Join(", ", members.Select(static m => m.Name))}");
        }
    }

    TensorValue Tensor(object? value, IOperation place) => value as TensorValue
        ?? throw Failure(Descriptors.Failed, place, "This tensor is null");

    FunctionValue Layer(object? value, IOperation place) => value as FunctionValue
        ?? throw Failure(Descriptors.Failed, place, "This layer is null");

    /// <summary>Applies a layer to a tensor.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">Its input.</param>
    /// <param name="stage">What a diagnostic underlines.</param>
    TensorValue Apply(FunctionValue layer, TensorValue x, IOperation stage)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (layer)
        {
            case OperatorLayer single:
                return ApplyOperator(single, x, stage);
            case Composition composition:
                foreach (var part in composition.Stages)
                {
                    Step(stage);
                    x = Apply(part, x, stage);
                }

                return x;
            case TreatedLayer treated:
                var outer = treatment;
                treatment = treated.Treatment.Within(outer);
                treatment = treated.Inner is OperatorLayer or TreatedLayer ? treatment : treatment.OfBlock();
                x = Apply(treated.Inner, x, stage);
                treatment = outer;
                return x;
            default:
                return Tensor(CallFunction(layer, [x], stage), stage);
        }
    }
}
