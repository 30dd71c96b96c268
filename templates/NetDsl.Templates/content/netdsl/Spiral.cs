/// <summary>Tells the three arms of a spiral apart.</summary>
[Network]
public partial class Spiral
{
    static Tensor Forward([Shape(Batch, 2)] Tensor point) => point | Dense(32) | Tanh | Dense(32) | Tanh | Dense(3);

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels arm) => SoftmaxCrossEntropy(scores, arm);

    static Tensor Metrics(Tensor scores, [Shape(Batch)] Labels arm) => Accuracy(scores, arm);
}
