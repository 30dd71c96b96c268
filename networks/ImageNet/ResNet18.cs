using static NetDsl.Networks.Blocks.Residual;

namespace NetDsl.Networks;

/// <summary>Eighteen layers in residual modules of two convolutions (He et al. 2015, table 1).</summary>
[Network]
public partial class ResNet18
{
    static Tensor Forward([Shape(Batch, 3, 224, 224)] Tensor image)
    {
        var x = image | Normalized(64, kernel: 7, stride: 2) | ReLU | MaxPool(3, stride: 2);
        foreach (var (filters, count, stride) in new[] { (64, 2, 1), (128, 2, 2), (256, 2, 2), (512, 2, 2) })
        {
            x |= Basic(filters, stride, project: stride > 1);
            for (var i = 1; i < count; i++)
            {
                x |= Basic(filters);
            }
        }

        return x | GlobalAvgPool | Dense(1000);
    }

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static (Tensor top1, Tensor top5) Metrics(Tensor scores, [Shape(Batch)] Labels label) => (Accuracy(scores, label), Accuracy(scores, label, top: 5));
}
