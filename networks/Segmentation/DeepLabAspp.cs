using static NetDsl.Networks.Blocks.DeepLabParts;

namespace NetDsl.Networks;

/// <summary>DeepLab v2 with atrous spatial pyramid pooling on VGG-16 (Chen et al. 2016, ASPP-L): four fields of view, whose scores are added.</summary>
[Network(Height = 321, Width = 321)]
public partial class DeepLabAspp
{
    static Tensor Forward([Shape(Batch, 3, Any, Any)] Tensor image)
    {
        var features = image | Trained(DeepLabFeatures());
        Tensor[] scores = [.. Enumerable.Range(1, 4).Select(i => features | Trained(FieldOfView(rate: 6 * i, classes: 21, suffix: $"_{i}")))];
        return Sum(scores);
    }

    static Tensor Loss(Tensor scores, [Shape(Batch, Any, Any)] Labels label) => SoftmaxCrossEntropy(scores, label, ignoreLabel: 255);

    static (Tensor meanIoU, Tensor pixelAccuracy) Metrics(Tensor scores, [Shape(Batch, Any, Any)] Labels label) =>
        (MeanIoU(scores, label, ignoreLabel: 255), PixelAccuracy(scores, label, ignoreLabel: 255));
}
