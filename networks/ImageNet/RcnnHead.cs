using static NetDsl.Networks.Blocks.AlexNetParts;

namespace NetDsl.Networks;

/// <summary>The network of R-CNN (Girshick et al. 2014; Caffe's <c>models/bvlc_reference_rcnn_ilsvrc13</c>): CaffeNet on a warped region, and the scores of 200 linear detectors.</summary>
[Network]
public partial class RcnnHead
{
    static Tensor Forward([Shape(Batch, 3, 227, 227)] Tensor image) => image | AlexNetBody(Dense(200, name: "fc-rcnn"));

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static Tensor Metrics(Tensor scores, [Shape(Batch)] Labels label) => Accuracy(scores, label);
}
