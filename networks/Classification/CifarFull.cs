using static NetDsl.Filler;

namespace NetDsl.Networks;

/// <summary>Caffe's CIFAR-10 full (A. Krizhevsky's cuda-convnet, <c>layers-18pct</c>): local response normalisation within each channel.</summary>
[Network]
public partial class CifarFull
{
    static Tensor Forward([Shape(Batch, 3, 32, 32)] Tensor image) =>
        image
        | Biased(Fill(Conv(32, kernel: 5, padding: 2), Gaussian(1e-4f))) | MaxPool(3, stride: 2) | ReLU | Normalize()
        | Biased(Fill(Conv(32, kernel: 5, padding: 2), Gaussian(0.01f))) | ReLU | AvgPool(3, stride: 2) | Normalize()
        | Fill(Conv(64, kernel: 5, padding: 2), Gaussian(0.01f)) | ReLU | AvgPool(3, stride: 2)
        | LearningRate(Fill(Dense(10), Gaussian(0.01f)), bias: 2, weightDecay: 250, biasDecay: 0);

    static Layer Biased(Layer layer) => LearningRate(layer, bias: 2);

    static Layer Normalize() => LRN(3, alpha: 5e-5f, region: LrnRegion.WithinChannel);

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static Tensor Metrics(Tensor scores, [Shape(Batch)] Labels label) => Accuracy(scores, label);
}
