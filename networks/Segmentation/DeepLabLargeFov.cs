using static NetDsl.Networks.Blocks.DeepLabParts;

namespace NetDsl.Networks;

/// <summary>DeepLab-LargeFOV (Chen et al. 2015): 21 classes of an image of any size at an eighth of its resolution: labels are shrunk to it, 41×41 for 321×321. 255 is no class.</summary>
[Network(Height = 321, Width = 321)]
public partial class DeepLabLargeFov
{
    static Tensor Forward([Shape(Batch, 3, Any, Any)] Tensor image) =>
        image | Trained(DeepLabFeatures() >> AvgPool(3, stride: 1, padding: 1) >> FieldOfView(rate: 12, classes: 21));

    static Tensor Loss(Tensor scores, [Shape(Batch, Any, Any)] Labels label) => SoftmaxCrossEntropy(scores, label, ignoreLabel: 255);

    static (Tensor meanIoU, Tensor pixelAccuracy) Metrics(Tensor scores, [Shape(Batch, Any, Any)] Labels label) =>
        (MeanIoU(scores, label, ignoreLabel: 255), PixelAccuracy(scores, label, ignoreLabel: 255));
}
