namespace NetDsl.Networks;

/// <summary>Caffe's LeNet (LeCun et al. 1998, with max pooling and ReLU): handwritten digits, or any ten classes of 28×28 grey images.</summary>
[Network]
public partial class LeNet
{
    static Tensor Forward([Shape(Batch, 1, 28, 28)] Tensor image) =>
        image
        | Conv(20, kernel: 5) | MaxPool(2)
        | Conv(50, kernel: 5) | MaxPool(2)
        | Dense(500) | ReLU
        | Dense(10);

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels digit) => SoftmaxCrossEntropy(scores, digit);

    static Tensor Metrics(Tensor scores, [Shape(Batch)] Labels digit) => Accuracy(scores, digit);
}
