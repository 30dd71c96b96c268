using static NetDsl.Networks.Blocks.AlexNetParts;
using static NetDsl.Networks.Blocks.FcnParts;

namespace NetDsl.Networks;

/// <summary>FCN-32s on CaffeNet (Long, Shelhamer and Darrell 2015; <c>voc-fcn-alexnet</c>): 21 classes, every pixel of an image of any size. Label 255 is no class.</summary>
[Network(Height = 500, Width = 500)]
public partial class FcnAlexNet
{
    static Tensor Forward([Shape(Batch, 3, Any, Any)] Tensor image) =>
        image | AlexNetFeatures(padding: 100) | Convolutional4096(kernel: 6) | Trained(Score(21, "score_fr"))
        | Enlarge(21, kernel: 63, stride: 32, "upscore") | Crop(image);

    static Tensor Loss(Tensor scores, [Shape(Batch, Any, Any)] Labels label) => SoftmaxCrossEntropy(scores, label, ignoreLabel: 255);

    static (Tensor meanIoU, Tensor pixelAccuracy) Metrics(Tensor scores, [Shape(Batch, Any, Any)] Labels label) =>
        (MeanIoU(scores, label, ignoreLabel: 255), PixelAccuracy(scores, label, ignoreLabel: 255));
}
