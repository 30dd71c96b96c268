namespace NetDsl;

public static partial class Layers
{
    /// <summary>Σ (a − b)² / (2 N), as a scalar: Caffe's EuclideanLoss. N counts samples, not elements; both operands get gradients.</summary>
    [Block]
    public static Tensor Euclidean(Tensor a, Tensor b)
    {
        var difference = a - b;
        return 0.5f * BatchMean(SampleSum(difference * difference));
    }
}
