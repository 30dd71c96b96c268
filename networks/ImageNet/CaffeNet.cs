using static NetDsl.Networks.Blocks.AlexNetParts;

namespace NetDsl.Networks;

/// <summary>Caffe's reference network (<c>models/bvlc_reference_caffenet</c>): AlexNet that pools before it normalises.</summary>
[Network]
public partial class CaffeNet
{
    static Tensor Forward([Shape(Batch, 3, 227, 227)] Tensor image) => image | AlexNetBody(Dense(1000, name: "fc8"));

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static (Tensor top1, Tensor top5) Metrics(Tensor scores, [Shape(Batch)] Labels label) => (Accuracy(scores, label), Accuracy(scores, label, top: 5));
}
