using static NetDsl.Networks.Blocks.VggParts;

namespace NetDsl.Networks;

/// <summary>VGG configuration B, 13 weight layers (Simonyan and Zisserman 2014, table 1).</summary>
[Network]
public partial class VggB
{
    static Tensor Forward([Shape(Batch, 3, 224, 224)] Tensor image) => image | Vgg([2, 2, 2, 2, 2]);

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static (Tensor top1, Tensor top5) Metrics(Tensor scores, [Shape(Batch)] Labels label) => (Accuracy(scores, label), Accuracy(scores, label, top: 5));
}
