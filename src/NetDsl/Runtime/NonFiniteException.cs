namespace NetDsl.Runtime;

/// <summary>
/// A training step produced NaN or infinity. It was found before the update: the parameters are as before the step, and finite.
/// </summary>
public sealed class NonFiniteException(string message, string layer, int step) : ArithmeticException(message)
{
    /// <summary>The layer, input or parameter where it appeared first.</summary>
    public string Layer { get; } = layer;

    /// <summary>The step, from 0.</summary>
    public int Step { get; } = step;
}
