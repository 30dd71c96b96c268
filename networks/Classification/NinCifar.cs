using static NetDsl.Networks.Blocks.MlpconvLayer;

namespace NetDsl.Networks;

/// <summary>Network in Network for CIFAR-10 (Lin, Chen and Yan 2013): ten classes of 32×32 colour images.</summary>
[Network]
public partial class NinCifar
{
    static Tensor Forward([Shape(Batch, 3, 32, 32)] Tensor image) =>
        image
        | Mlpconv(1, (192, 160, 96), kernel: 5, padding: 2) | MaxPool(3, stride: 2) | Dropout(0.5f)
        | Mlpconv(2, (192, 192, 192), kernel: 5, padding: 2) | AvgPool(3, stride: 2) | Dropout(0.5f)
        | Mlpconv(3, (192, 192, 10), kernel: 3, padding: 1) | GlobalAvgPool | Flatten;

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static Tensor Metrics(Tensor scores, [Shape(Batch)] Labels label) => Accuracy(scores, label);
}
