namespace NetDsl;

/// <summary>
/// On a kernel method that returns an element: what a weight becomes when a training step is done, such as a running mean that takes in the batch's. The weight must be
/// <see cref="WeightAttribute.Frozen"/>: no solver touches it. A step that is rejected, because it is not finite, leaves it as it was; and
/// where gradients of several batches are accumulated, the last one counts. The method binds weights and operands that exist once for all
/// samples, coordinates of the weight, sizes and arguments.
/// </summary>
/// <param name="weight">The weight.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UpdateOfAttribute(string weight) : Attribute
{
    /// <summary>The weight.</summary>
    public string Weight { get; } = weight;
}
