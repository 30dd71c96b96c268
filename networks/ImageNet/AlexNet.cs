using static NetDsl.Networks.Blocks.AlexNetParts;

namespace NetDsl.Networks;

/// <summary>AlexNet on one device (Krizhevsky, Sutskever and Hinton 2012; Caffe's <c>models/bvlc_alexnet</c>): a thousand classes of 227×227 colour images.</summary>
[Network]
public partial class AlexNet
{
    static Tensor Forward([Shape(Batch, 3, 227, 227)] Tensor image) => image | AlexNetBody(Dense(1000, name: "fc8"), normalizeFirst: true, one: 0.1f);

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static (Tensor top1, Tensor top5) Metrics(Tensor scores, [Shape(Batch)] Labels label) => (Accuracy(scores, label), Accuracy(scores, label, top: 5));
}
