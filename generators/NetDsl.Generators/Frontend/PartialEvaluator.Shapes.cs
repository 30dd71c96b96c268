using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Frontend;

/// <summary>Applies shape rules and says what does not fit.</summary>
sealed partial class PartialEvaluator
{
    TensorType InferType(OperatorDefinition definition, Bindings bindings, List<TypedOperand> operands, IOperation origin, IOperation place, out EquatableArray<Constant> moved)
    {
        moved = [];
        if (definition.Spec.Movement != MovementKind.None)
        {
            return MovementRules.Infer(definition.Spec.Movement, operands, bindings, out var result, out moved, out var blamed) is { } misfit
                ? throw DoesNotFit(operands, misfit, origin, place, blamed)
                : result;
        }

        if (definition.Signature is not { } signature)
        {
            CheckEqual(operands, origin, place);
            Require(definition, bindings, operands, origin, place);
            return operands[0].Type;
        }

        if (ShapeInference.Bind(signature, operands, bindings) is { } problem)
        {
            throw DoesNotFit(operands, problem, origin, place);
        }

        Require(definition, bindings, operands, origin, place);
        var type = ShapeInference.Infer(signature.Output, bindings, out problem);
        if (problem is not null)
        {
            throw DoesNotFit(operands, problem, origin, place);
        }

        Require(definition, bindings, operands, origin, place);
        return type;
    }

    /// <summary>Checks every condition whose names are known by now.</summary>
    void Require(OperatorDefinition definition, Bindings bindings, List<TypedOperand> operands, IOperation origin, IOperation place)
    {
        foreach (var requirement in definition.Requirements)
        {
            if (requirement.Names.All(bindings.Values.ContainsKey) && !requirement.Holds(bindings))
            {
                throw DoesNotFit(operands, requirement.Format(bindings), origin, place, requirement.Argument);
            }
        }
    }

    void CheckEqual(List<TypedOperand> operands, IOperation origin, IOperation place)
    {
        var first = operands[0].Type;
        foreach (var operand in operands.Skip(1))
        {
            if (!AreEqual(operand.Type, first))
            {
                var (underlined, subject) = place.Syntax is BinaryExpressionSyntax { OperatorToken: var token }
                    ? ((SyntaxNodeOrToken)token, $"'{token.Text}'")
                    : (place.Syntax, TextOf(origin.Syntax));
                throw FailureAt(Descriptors.UnequalShapes, underlined, $"{subject} takes equal shapes but gets {first} and {operand.Type}: {Difference(first, operand.Type)}");
            }
        }
    }

    static string Difference(TensorType a, TensorType b)
    {
        if (a.Batched != b.Batched || a.Sizes.Count != b.Sizes.Count)
        {
            return $"{a.Sizes.Count + (a.Batched ? 1 : 0)} axes ≠ {b.Sizes.Count + (b.Batched ? 1 : 0)}";
        }

        string[] names = a.Sizes.Count == 3 ? ["channels", "height", "width"] : [.. a.Sizes.Select(static (_, i) => $"axis {i + 1}")];
        var axis = Enumerable.Range(0, a.Sizes.Count).First(i => a.Sizes[i].Value != b.Sizes[i].Value);
        return $"{names[axis]} {a.Sizes[axis].Value} ≠ {b.Sizes[axis].Value}";
    }

    /// <summary>Equal, or equal at the reference and to be equal in every instance.</summary>
    bool AreEqual(TensorType a, TensorType b) => a.Batched == b.Batched && a.Sizes.Count == b.Sizes.Count
        && a.Sizes.Zip(b.Sizes, (x, y) => free.AreEqual(x, y, () => $"{FreeSizes.Holes(b)} ≠ {FreeSizes.Holes(a)}")).All(static equal => equal);

    AnalysisException DoesNotFit(List<TypedOperand> operands, string problem, IOperation origin, IOperation place, string argument = "")
    {
        var underlined = ReferenceEquals(origin, place) ? ArgumentOf(origin, argument) ?? place.Syntax : place.Syntax;
        return FailureAt(Descriptors.DoesNotFit, underlined, operands.Count == 0
            ? $"{TextOf(origin.Syntax)}: {problem}"
            : $"{TextOf(origin.Syntax)} does not fit its {Inputs(operands, static t => t.ToString())}: {problem}");
    }

    static string Inputs(List<TypedOperand> operands, Func<TensorType, string> text) =>
        operands.Count == 1 ? $"input {text(operands[0].Type)}" : $"inputs {string.Join(" and ", operands.Select(o => text(o.Type)))}";

    /// <summary>The argument of this name in the call that the user wrote; null if it was left out.</summary>
    static SyntaxNode? ArgumentOf(IOperation call, string name) => call is IInvocationOperation invocation && name.Length > 0
        ? invocation.Arguments.FirstOrDefault(a => a.Parameter?.Name == name && !a.IsImplicit && a.ArgumentKind == ArgumentKind.Explicit)?.Syntax
        : null;
}
