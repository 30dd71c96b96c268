using static NetDsl.Networks.Blocks.VggParts;

namespace NetDsl.Networks;

/// <summary>VGG configuration D, known as VGG-16 (Simonyan and Zisserman 2014, table 1; <c>VGG_ILSVRC_16_layers</c>).</summary>
[Network]
public partial class VggD
{
    static Tensor Forward([Shape(Batch, 3, 224, 224)] Tensor image) => image | Vgg([2, 2, 3, 3, 3]);

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static (Tensor top1, Tensor top5) Metrics(Tensor scores, [Shape(Batch)] Labels label) => (Accuracy(scores, label), Accuracy(scores, label, top: 5));
}
