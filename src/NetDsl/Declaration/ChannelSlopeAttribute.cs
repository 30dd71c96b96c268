namespace NetDsl;

/// <summary>
/// On a scalar function in a kernel class whose operator takes x, [N, C, …], to a result of the same shape: what a prediction multiplies channel c of x by, and
/// with <see cref="ChannelInterceptAttribute"/> what it adds, is a function of weights: y[c, s] = slope(c) x[c, s] + intercept(c). Then a prediction
/// computes the two numbers of each channel once, when the weights have changed, and folds them into the convolution or dense layer before, where nothing else reads its result.
/// </summary>
/// <remarks>The function's parameters are weights of shape [C] or [1], by name, and arguments of the operator; a weight that a layer goes without is 0.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChannelSlopeAttribute : Attribute;
