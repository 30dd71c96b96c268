namespace NetDsl;

/// <summary>
/// On a parameter of <c>Loss</c>: only the loss reads this output of <c>Forward</c>, as GoogLeNet's auxiliary classifiers. A prediction neither computes nor
/// returns it, and the weights that it alone needs are parameters of the training program only.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class AuxiliaryAttribute : Attribute;
