using static NetDsl.Networks.Blocks.FcnParts;

namespace NetDsl.Networks;

/// <summary>FCN-32s on VGG-16 (Long, Shelhamer and Darrell 2015; <c>voc-fcn32s</c>): 21 classes, every pixel of an image of any size. Label 255 is no class.</summary>
[Network(Height = 500, Width = 500)]
public partial class Fcn32s
{
    static Tensor Forward([Shape(Batch, 3, Any, Any)] Tensor image) =>
        FcnVgg(image, classes: 21).Scores | Enlarge(21, kernel: 64, stride: 32, "upscore") | Crop(image);

    static Tensor Loss(Tensor scores, [Shape(Batch, Any, Any)] Labels label) => SoftmaxCrossEntropy(scores, label, ignoreLabel: 255, normalization: Normalization.None);

    static (Tensor meanIoU, Tensor pixelAccuracy) Metrics(Tensor scores, [Shape(Batch, Any, Any)] Labels label) =>
        (MeanIoU(scores, label, ignoreLabel: 255), PixelAccuracy(scores, label, ignoreLabel: 255));
}
