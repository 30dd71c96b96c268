using static NetDsl.Filler;
using static NetDsl.Networks.Blocks.FcnParts;

namespace NetDsl.Networks;

/// <summary>
/// CRF-RNN (Zheng et al. 2015): the scores of an FCN-8s, sharpened by ten mean-field iterations of a dense conditional random field, whose weights are trained with the network in five. It runs on the
/// CPU only.
/// </summary>
[Network(Height = 500, Width = 500)]
public partial class CrfRnn
{
    static Tensor Forward([Shape(Batch, 3, Any, Any)] Tensor image)
    {
        var (pool3, pool4, scores) = FcnVgg(image, classes: 21);
        var fine = scores | Fill(ConvTranspose(21, kernel: 4, stride: 2, name: "score2"), Bilinear);
        fine += pool4 | Trained(Score(21, "score_pool4")) | Crop(fine);
        var finer = fine | Fill(ConvTranspose(21, kernel: 4, stride: 2, bias: false, name: "score4"), Interpolation);
        finer += pool3 | Trained(Score(21, "score_pool3")) | Crop(finer);
        return MeanField(finer | Enlarge(21, kernel: 16, stride: 8, "upsample") | Crop(image), image, name: "inference1");
    }

    static Tensor Loss(Tensor scores, [Shape(Batch, Any, Any)] Labels label) => SoftmaxCrossEntropy(scores, label, ignoreLabel: 255, normalization: Normalization.None);

    static (Tensor meanIoU, Tensor pixelAccuracy) Metrics(Tensor scores, [Shape(Batch, Any, Any)] Labels label) =>
        (MeanIoU(scores, label, ignoreLabel: 255), PixelAccuracy(scores, label, ignoreLabel: 255));
}
