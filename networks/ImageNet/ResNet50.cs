using static NetDsl.Networks.Blocks.Residual;

namespace NetDsl.Networks;

/// <summary>Fifty layers in residual modules of three convolutions (He et al. 2015), as in the authors' prototxt.</summary>
[Network]
public partial class ResNet50
{
    static Tensor Forward([Shape(Batch, 3, 224, 224)] Tensor image)
    {
        var x = image | Normalized(64, kernel: 7, stride: 2, bias: true) | ReLU | MaxPool(3, stride: 2);
        foreach (var (filters, count, stride) in new[] { (256, 3, 1), (512, 4, 2), (1024, 6, 2), (2048, 3, 2) })
        {
            x |= Bottleneck(filters, stride, project: true);
            for (var i = 1; i < count; i++)
            {
                x |= Bottleneck(filters);
            }
        }

        return x | GlobalAvgPool | Dense(1000);
    }

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static (Tensor top1, Tensor top5) Metrics(Tensor scores, [Shape(Batch)] Labels label) => (Accuracy(scores, label), Accuracy(scores, label, top: 5));
}
