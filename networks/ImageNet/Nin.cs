using static NetDsl.Networks.Blocks.MlpconvLayer;

namespace NetDsl.Networks;

/// <summary>Network in Network for ImageNet (Lin, Chen and Yan 2013; the model zoo's <c>nin_imagenet</c>): no dense layer, each class is the mean of its own map.</summary>
[Network]
public partial class Nin
{
    static Tensor Forward([Shape(Batch, 3, 224, 224)] Tensor image) =>
        image
        | Mlpconv(1, (96, 96, 96), kernel: 11, stride: 4) | MaxPool(3, stride: 2)
        | Mlpconv(2, (256, 256, 256), kernel: 5, padding: 2) | MaxPool(3, stride: 2)
        | Mlpconv(3, (384, 384, 384), kernel: 3, padding: 1) | MaxPool(3, stride: 2) | Dropout(0.5f)
        | Mlpconv(4, (1024, 1024, 1000), kernel: 3, padding: 1) | GlobalAvgPool | Flatten;

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static (Tensor top1, Tensor top5) Metrics(Tensor scores, [Shape(Batch)] Labels label) => (Accuracy(scores, label), Accuracy(scores, label, top: 5));
}
