using static NetDsl.Filler;

namespace NetDsl.Networks;

/// <summary>Caffe's CIFAR-10 full with sigmoids and batch normalisation (Ioffe and Szegedy 2015) in place of ReLU and local responses: <c>cifar10_full_sigmoid_bn</c>.</summary>
[Network]
public partial class CifarFullSigmoidBn
{
    static Tensor Forward([Shape(Batch, 3, 32, 32)] Tensor image) =>
        image
        | Fill(Conv(32, kernel: 5, padding: 2, bias: false), Gaussian(1e-4f)) | MaxPool(3, stride: 2) | BatchNorm() | Sigmoid
        | Fill(Conv(32, kernel: 5, padding: 2, bias: false), Gaussian(0.01f)) | BatchNorm() | Sigmoid | AvgPool(3, stride: 2)
        | Fill(Conv(64, kernel: 5, padding: 2, bias: false), Gaussian(0.01f)) | BatchNorm() | Sigmoid | AvgPool(3, stride: 2)
        | LearningRate(Fill(Dense(10), Gaussian(0.01f)), biasDecay: 0);

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static Tensor Metrics(Tensor scores, [Shape(Batch)] Labels label) => Accuracy(scores, label);
}
