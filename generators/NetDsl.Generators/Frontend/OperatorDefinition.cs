using NetDsl.Generators.Ir;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Frontend;

/// <summary>A tensor that an operator takes.</summary>
/// <param name="IsMany">It is a list of tensors: the operands of a concatenation.</param>
sealed record Operand(string Name, bool IsLabels, bool IsMany);

/// <summary>A parameter of an operator: how a trained value is named, shaped and initialised.</summary>
/// <param name="When">The boolean argument that says whether the operator has it; empty for always.</param>
/// <param name="Frozen">It is never trained.</param>
sealed record WeightDefinition(string Name, ShapePattern Shape, string Initializer, float Value, string When, bool Frozen);

/// <summary>An operator as its declaration states it.</summary>
/// <param name="Spec">What passes and emitters need. Coordinates on groups (<c>*S</c>) are resolved by <see cref="At(Bindings)"/>.</param>
/// <param name="Signature">The shape rule; absent for elementwise operators and movements, whose class is their rule.</param>
/// <param name="Operands">In the order of the method's parameters; <c>x</c> alone for an operator that returns a layer.</param>
/// <param name="Arguments">Names of the parameters that are numbers, flags or sizes.</param>
/// <param name="Function">The delegate parameter that holds the scalar function; empty for none.</param>
sealed record OperatorDefinition(
    OperatorSpec Spec,
    Signature? Signature,
    bool ReturnsLayer,
    EquatableArray<Operand> Operands,
    EquatableArray<string> Arguments,
    EquatableArray<WeightDefinition> Weights,
    EquatableArray<Requirement> Requirements,
    Expression? MultiplyAdds,
    string Function)
{
    /// <summary>Where results lie in operands, on axes that have different names.</summary>
    public EquatableArray<PositionRule> Positions { get; init; }

    /// <summary>
    /// The specification at one use. Declared, a group <c>*S</c> counts as one axis; at a use it is as many as it stands for, which also moves the axes
    /// behind it.
    /// </summary>
    public OperatorSpec At(Bindings bindings)
    {
        var members = Spec.Members.Select(m => At(m, bindings)).ToEquatableArray();
        return members == Spec.Members ? Spec : Spec with { Members = members, Prediction = Spec.Prediction is { } prediction ? At(prediction, bindings) : null };
    }

    KernelMember At(KernelMember member, Bindings bindings)
    {
        if (Pattern(member.Target) is not { Group: { } group } pattern || !bindings.TryGetGroup(group.Name, out var sizes) || sizes.Count == 1)
        {
            return member;
        }

        var index = pattern.Axes.ToList().IndexOf(group);
        return member with { Arguments = member.Arguments.Select(Resolve).ToEquatableArray() };

        KernelArgument Resolve(KernelArgument argument) =>
            argument.Kind != BindingKind.Coordinate || argument.Axis < index ? argument
            : argument.Axis == index ? argument with { Axes = sizes.Count }
            : argument with { Axis = argument.Axis + sizes.Count - 1 };
    }

    /// <summary>The shape of what a member computes.</summary>
    public ShapePattern? Pattern(string target)
    {
        if (Signature is null || target.Length == 0)
        {
            return Signature?.Output;
        }

        for (var i = 0; i < Operands.Count; i++)
        {
            if (Operands[i].Name == target)
            {
                return Signature.Inputs[i];
            }
        }

        return Weights.FirstOrDefault(w => w.Name == target)?.Shape;
    }
}
