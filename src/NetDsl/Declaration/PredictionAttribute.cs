namespace NetDsl;

/// <summary>
/// On a kernel method: what a prediction computes in place of <c>Forward</c>. It binds its parameters in the same way, and what only <c>Forward</c> reads is not
/// computed in a prediction.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PredictionAttribute : Attribute;
