namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// The sigmoid and the cross entropy with targets between 0 and 1, Σ −t log σ(x) − (1 − t) log(1 − σ(x)), as a scalar: Caffe's SigmoidCrossEntropyLoss. Computed
    /// without forming σ(x), so that no logarithm overflows.
    /// </summary>
    /// <param name="scores">Unnormalised scores, [N, …].</param>
    /// <param name="targets">Targets in [0, 1], of the same shape.</param>
    /// <param name="ignored">A target that adds neither loss nor gradient.</param>
    /// <param name="normalization">What the sum is divided by; Caffe's default here is the number of samples, not of elements.</param>
    [Block]
    public static Tensor SigmoidCrossEntropy(Tensor scores, Tensor targets, float? ignored = null, Normalization normalization = Normalization.BatchSize) =>
        ignored is float value
            ? Normalized(PerSample(SigmoidLoss(scores, targets) * Differs(targets, value)), PerSample(Differs(targets, value)), Elements(scores), normalization)
            : Normalized(PerSample(SigmoidLoss(scores, targets)), null, Elements(scores), normalization);

    /// <summary>As <see cref="SigmoidCrossEntropy(Tensor, Tensor, float?, Normalization)"/>, for targets that are labels 0 and 1.</summary>
    /// <param name="scores">Unnormalised scores, [N, …].</param>
    /// <param name="labels">0 or 1 for each score.</param>
    /// <param name="ignoreLabel">A label that adds neither loss nor gradient.</param>
    /// <param name="normalization">What the sum is divided by.</param>
    [Block]
    public static Tensor SigmoidCrossEntropy(Tensor scores, Labels labels, int? ignoreLabel = null, Normalization normalization = Normalization.BatchSize) =>
        ignoreLabel is int ignored
            ? Normalized(SampleSum(SigmoidLoss(scores, LabelValue(labels)) * LabelIsValid(labels, ignored)), SampleSum(LabelIsValid(labels, ignored)), Elements(scores), normalization)
            : SigmoidCrossEntropy(scores, LabelValue(labels), null, normalization);

    /// <summary>−t log σ(x) − (1 − t) log(1 − σ(x)) of each element.</summary>
    [Elementwise(nameof(Scalar.SigmoidLoss), In = typeof(Scalar))]
    public static Tensor SigmoidLoss(Tensor scores, Tensor targets) => throw new NotExecutableException();

    /// <summary>1 where an element differs from a value, 0 where it is equal. No gradient.</summary>
    [Elementwise(nameof(Scalar.Differs), In = typeof(Scalar))]
    public static Tensor Differs(Tensor x, float value) => throw new NotExecutableException();

    /// <summary>Labels as numbers.</summary>
    [Elementwise(nameof(Scalar.LabelValue), In = typeof(Scalar))]
    public static Tensor LabelValue(Labels labels) => throw new NotExecutableException();

    /// <summary>The elements of a sample.</summary>
    [Block]
    public static int Elements(Tensor x)
    {
        var count = 1;
        for (var axis = 1; axis < x.Shape.Count; axis++)
        {
            count *= x.Shape[axis];
        }

        return count;
    }

    /// <summary>The mean over the batch, of so many positions in each sample.</summary>
    [Block]
    public static Tensor MeanOf(Tensor sums, int positions) => positions == 1 ? BatchMean(sums) : BatchMean(sums) / positions;

    /// <summary>The sum over the batch of what samples cost, divided as Caffe's <c>normalization</c> says.</summary>
    /// <param name="loss">What each sample costs, [N].</param>
    /// <param name="valid">How many positions of each sample count, [N]; null if all do.</param>
    /// <param name="positions">The positions of a sample.</param>
    /// <param name="normalization">The divisor.</param>
    [Block]
    public static Tensor Normalized(Tensor loss, Tensor? valid, int positions, Normalization normalization) => normalization switch
    {
        Normalization.Valid when valid is not null => BatchSum(loss) / AtLeastOne(BatchSum(valid)),
        Normalization.Valid or Normalization.Full => MeanOf(loss, positions),
        Normalization.BatchSize => BatchMean(loss),
        _ => BatchSum(loss),
    };
}

public static partial class Scalar
{
    [Derivative(nameof(SigmoidLossDerivative), By = "scores")]
    public static float SigmoidLoss(float scores, float targets) => MathF.Max(scores, 0) - scores * targets + MathF.Log(1 + MathF.Exp(-MathF.Abs(scores)));

    public static float SigmoidLossDerivative(float scores, float targets) => Sigmoid(scores) - targets;

    public static float Differs(float x, float value) => x == value ? 0f : 1f;

    public static float LabelValue(float labels) => labels;
}
