namespace NetDsl;

/// <summary>
/// On a kernel method that returns one element and reads the operands of <c>Forward</c>: what it computes, of the result's shape, is all that a gradient needs to know of a far larger operand.
/// A second <see cref="GradientOfAttribute"/> method takes it, by this name, in place of the operand. The compiler records it where nothing else of the backward pass reads the operand,
/// whose memory is free then after the forward pass.
/// </summary>
/// <param name="name">The name of the parameter.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RecordAttribute(string name) : Attribute
{
    /// <summary>The name of the parameter.</summary>
    public string Name { get; } = name;
}
