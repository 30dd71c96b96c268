using static NetDsl.Filler;
using static NetDsl.Networks.Blocks.FcnParts;

namespace NetDsl.Networks;

/// <summary>FCN-32s (Long, Shelhamer and Darrell 2015) without its margin of 100 pixels, on 256×256 images: a size to measure with. The enlarging layer is trained.</summary>
[Network]
public partial class Fcn32sSmall
{
    static Tensor Forward([Shape(Batch, 3, 256, 256)] Tensor image) =>
        FcnVgg(image, classes: 21, padding: 1, headPadding: 3).Scores
        | Fill(ConvTranspose(21, kernel: 64, stride: 32, padding: 16, bias: false, name: "upscore"), Interpolation);

    static Tensor Loss(Tensor scores, [Shape(Batch, 256, 256)] Labels label) => SoftmaxCrossEntropy(scores, label, ignoreLabel: 255);

    static (Tensor meanIoU, Tensor pixelAccuracy) Metrics(Tensor scores, [Shape(Batch, 256, 256)] Labels label) =>
        (MeanIoU(scores, label, ignoreLabel: 255), PixelAccuracy(scores, label, ignoreLabel: 255));
}
