namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Pulls an anchor towards a sample of its class and away from one of another: Σ max(‖a − p‖² − ‖a − n‖² + margin, 0) / (2 N), as a scalar (Schroff et al. 2015; the
    /// divisor 2 N as in Caffe's losses of distances). All three get gradients.
    /// </summary>
    /// <param name="anchor">Features, [N, F].</param>
    /// <param name="positive">Features of the same class, [N, F].</param>
    /// <param name="negative">Features of another class, [N, F].</param>
    /// <param name="margin">How much farther the other class must be.</param>
    [Block]
    public static Tensor Triplet(Tensor anchor, Tensor positive, Tensor negative, float margin = 1)
    {
        if (margin < 0)
        {
            throw new ArgumentException($"the margin is {margin}; it cannot be negative", nameof(margin));
        }

        var (near, far) = (anchor - positive, anchor - negative);
        return 0.5f * BatchMean(ReLU(SampleSum(near * near) - SampleSum(far * far) + margin));
    }
}
