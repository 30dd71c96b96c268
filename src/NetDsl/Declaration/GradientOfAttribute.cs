namespace NetDsl;

/// <summary>
/// On a kernel method: it computes the gradient by the named operand or weight. Parameters are bound by name: an operand (<c>x</c>), the
/// result (<c>y</c>), the gradient by the result (<c>dy</c>), a weight; an output axis in lower case is a coordinate, an
/// axis in upper case a size, an operator's argument its value. By a weight, or an operand that all samples share, the method returns what one sample adds.
/// </summary>
/// <param name="operand">The operand or weight.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GradientOfAttribute(string operand) : Attribute
{
    /// <summary>The operand or weight.</summary>
    public string Operand { get; } = operand;
}
