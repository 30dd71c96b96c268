namespace NetDsl;

/// <summary>
/// On a scalar function: lanes have a function of the same meaning, a method of <see cref="Kernels.LanesMath"/>, and kernels call that. The scalar function stays its
/// definition.
/// </summary>
/// <param name="function">The method's name.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LanesFunctionAttribute(string function) : Attribute
{
    /// <summary>The method's name.</summary>
    public string Function { get; } = function;
}
