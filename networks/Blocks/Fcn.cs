using static NetDsl.Filler;
using static NetDsl.Networks.Blocks.VggParts;

namespace NetDsl.Networks.Blocks;

/// <summary>
/// The parts of fully convolutional networks (Long, Shelhamer and Darrell 2015; <c>shelhamer/fcn.berkeleyvision.org</c>). Layers have the names of the published
/// weights.
/// </summary>
public static class FcnParts
{
    /// <summary>VGG-16 up to its third and fourth pooling, and the scores of its dense layers as convolutions, 32 times coarser than the image.</summary>
    /// <param name="image">[N, 3, H, W].</param>
    /// <param name="classes">Classes.</param>
    /// <param name="padding">Padding of the first convolution, in pixels: 100, so that a small image still has a score.</param>
    /// <param name="headPadding">Padding of the 7×7 convolution, in places.</param>
    [Block]
    public static (Tensor Pool3, Tensor Pool4, Tensor Scores) FcnVgg(Tensor image, int classes, int padding = 100, int headPadding = 0)
    {
        var pool3 = image | Trained(
            VggStage(1, 64, 2, padding) >> MaxPool(2) >> VggStage(2, 128, 2) >> MaxPool(2) >> VggStage(3, 256, 3) >> MaxPool(2));
        var pool4 = pool3 | Trained(VggStage(4, 512, 3) >> MaxPool(2));
        return (pool3, pool4, pool4 | Trained(
            VggStage(5, 512, 3) >> MaxPool(2) >> Convolutional4096(kernel: 7, headPadding) >> Score(classes, "score_fr")));
    }

    /// <summary>AlexNet's and VGG's dense layers as convolutions, which see every place of a larger image.</summary>
    /// <param name="kernel">Height and width of the features that the first dense layer took.</param>
    /// <param name="padding">Zeros around the features, in places.</param>
    [Block]
    public static Layer Convolutional4096(int kernel, int padding = 0) =>
        Conv(4096, kernel, padding: padding, name: "fc6") >> ReLU >> Dropout(0.5f)
        >> Conv(4096, kernel: 1, name: "fc7") >> ReLU >> Dropout(0.5f);

    /// <summary>Scores of one layer's features, which start at zero: a skip adds nothing until it has learnt something.</summary>
    /// <param name="classes">Classes.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer Score(int classes, string name) => Fill(Conv(classes, kernel: 1, name: name), Constant(0));

    /// <summary>Bilinear interpolation that is not trained: [N, classes, H, W] to [N, classes, stride (H − 1) + kernel, …].</summary>
    /// <param name="classes">Classes.</param>
    /// <param name="kernel">Height and width of the kernel, in pixels: twice the stride.</param>
    /// <param name="stride">How many times finer the result is.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer Enlarge(int classes, int kernel, int stride, string name) =>
        Freeze(Fill(ConvTranspose(classes, kernel, stride: stride, bias: false, name: name), Interpolation));

    /// <summary>Scores of a coarse layer, twice as fine, and those of a skip from a finer layer added to them.</summary>
    /// <param name="coarse">Scores.</param>
    /// <param name="pool">The features of the finer layer.</param>
    /// <param name="names">The names of the enlarging and of the scoring layer.</param>
    /// <param name="scale">Multiplies the features first, so that skips of different magnitude learn at once.</param>
    [Block]
    public static Tensor Fuse(Tensor coarse, Tensor pool, (string Enlarge, string Score) names, float? scale = null)
    {
        var classes = coarse.Shape[1];
        var fine = coarse | Enlarge(classes, kernel: 4, stride: 2, names.Enlarge);
        var features = scale is float factor ? pool | Freeze(Fill(Scale(name: $"{names.Score}_scale"), Constant(factor))) : pool;
        return fine + (features | Trained(Score(classes, names.Score)) | Crop(fine));
    }

    /// <summary>Caffe's factors for biases: twice the rate, no decay.</summary>
    [Block]
    public static Layer Trained(Layer layer) => LearningRate(layer, bias: 2, biasDecay: 0);
}
