using static NetDsl.Networks.Blocks.DeepLabParts;

namespace NetDsl.Networks;

/// <summary>DeepLab-LargeFOV (Chen et al. 2015): 21 classes of a 321×321 image at an eighth of its resolution. Labels are shrunk to 41×41; 255 is no class.</summary>
[Network]
public partial class DeepLabLargeFov
{
    static Tensor Forward([Shape(Batch, 3, 321, 321)] Tensor image) =>
        image | Trained(DeepLabFeatures() >> AvgPool(3, stride: 1, padding: 1) >> FieldOfView(rate: 12, classes: 21));

    static Tensor Loss(Tensor scores, [Shape(Batch, 41, 41)] Labels label) => SoftmaxCrossEntropy(scores, label, ignoreLabel: 255);

    static (Tensor meanIoU, Tensor pixelAccuracy) Metrics(Tensor scores, [Shape(Batch, 41, 41)] Labels label) =>
        (MeanIoU(scores, label, ignoreLabel: 255), PixelAccuracy(scores, label, ignoreLabel: 255));
}
