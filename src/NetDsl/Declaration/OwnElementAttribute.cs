namespace NetDsl;

/// <summary>
/// On a tensor that a kernel method of an operator with <see cref="OperatorAttribute.Neighbours"/> takes: it is read at the element that is computed and nowhere else, so that no neighbours
/// of it are laid side by side.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OwnElementAttribute : Attribute;
