namespace NetDsl.Networks;

/// <summary>Caffe's CIFAR-10 quick (A. Krizhevsky's cuda-convnet): ten classes of 32×32 colour images.</summary>
[Network]
public partial class CifarQuick
{
    static Tensor Forward([Shape(Batch, 3, 32, 32)] Tensor image) =>
        image
        | Conv(32, kernel: 5, padding: 2) | MaxPool(3, stride: 2) | ReLU
        | Conv(32, kernel: 5, padding: 2) | ReLU | AvgPool(3, stride: 2)
        | Conv(64, kernel: 5, padding: 2) | ReLU | AvgPool(3, stride: 2)
        | Dense(64)
        | Dense(10);

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static Tensor Metrics(Tensor scores, [Shape(Batch)] Labels label) => Accuracy(scores, label);
}
