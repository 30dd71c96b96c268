namespace NetDsl;

/// <summary>
/// Where an operator's results lie in its input, on one axis: an equation between the coordinate of an operand and that of the result, of which one stands alone. A convolution says
/// <c>"h = stride.Height*ho + 0.5*dilation.Height*(kernel.Height - 1) - padding.Height"</c>: result <c>ho</c> is the middle of its window. It is a straight line in the other
/// coordinate, with arguments and sizes as in the shape rule. An axis that operand and result both have under one name needs no equation: each result lies where its input does. From
/// these equations <see cref="Tensor.OffsetOf"/> works out offsets.
/// </summary>
/// <param name="equation">The equation.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class PositionAttribute(string equation) : Attribute
{
    /// <summary>The equation.</summary>
    public string Equation { get; } = equation;
}
