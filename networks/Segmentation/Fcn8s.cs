using static NetDsl.Networks.Blocks.FcnParts;

namespace NetDsl.Networks;

/// <summary>FCN-8s (Long, Shelhamer and Darrell 2015; <c>voc-fcn8s</c>): FCN-16s with a skip from the third pooling, trained in stages.</summary>
[Network(Height = 500, Width = 500)]
public partial class Fcn8s
{
    static Tensor Forward([Shape(Batch, 3, Any, Any)] Tensor image)
    {
        var (pool3, pool4, scores) = FcnVgg(image, classes: 21);
        var fused4 = Fuse(scores, pool4, ("upscore2", "score_pool4"));
        var fused3 = Fuse(fused4, pool3, ("upscore_pool4", "score_pool3"));
        return fused3 | Enlarge(21, kernel: 16, stride: 8, "upscore8") | Crop(image);
    }

    static Tensor Loss(Tensor scores, [Shape(Batch, Any, Any)] Labels label) => SoftmaxCrossEntropy(scores, label, ignoreLabel: 255, normalization: Normalization.None);

    static (Tensor meanIoU, Tensor pixelAccuracy) Metrics(Tensor scores, [Shape(Batch, Any, Any)] Labels label) =>
        (MeanIoU(scores, label, ignoreLabel: 255), PixelAccuracy(scores, label, ignoreLabel: 255));
}
