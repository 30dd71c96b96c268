using static NetDsl.Networks.Blocks.FcnParts;

namespace NetDsl.Networks;

/// <summary>FCN-16s (Long, Shelhamer and Darrell 2015; <c>voc-fcn16s</c>): FCN-32s with a skip from the fourth pooling.</summary>
[Network(Height = 500, Width = 500)]
public partial class Fcn16s
{
    static Tensor Forward([Shape(Batch, 3, Any, Any)] Tensor image)
    {
        var (_, pool4, scores) = FcnVgg(image, classes: 21);
        var fused = Fuse(scores, pool4, ("upscore2", "score_pool4"));
        return fused | Enlarge(21, kernel: 32, stride: 16, "upscore16") | Crop(image);
    }

    static Tensor Loss(Tensor scores, [Shape(Batch, Any, Any)] Labels label) => SoftmaxCrossEntropy(scores, label, ignoreLabel: 255, normalization: Normalization.None);

    static (Tensor meanIoU, Tensor pixelAccuracy) Metrics(Tensor scores, [Shape(Batch, Any, Any)] Labels label) =>
        (MeanIoU(scores, label, ignoreLabel: 255), PixelAccuracy(scores, label, ignoreLabel: 255));
}
