using static NetDsl.Networks.Blocks.DeepLabParts;

namespace NetDsl.Networks;

/// <summary>DeepLab-MSc-LargeFOV (Chen et al. 2015, section 4.3): LargeFOV with a small head on the image and on each of the first four poolings. The heads meet where height and width are 8n + 1.</summary>
[Network(Height = 321, Width = 321)]
public partial class DeepLabMscLargeFov
{
    static Tensor Forward([Shape(Batch, 3, Any, Any)] Tensor image)
    {
        var pool1 = image | Trained(Halving(1));
        var pool2 = pool1 | Trained(Halving(2));
        var pool3 = pool2 | Trained(Halving(3));
        var pool4 = pool3 | Trained(Keeping(4));
        var fc8 = pool4 | Trained(Keeping(5) >> AvgPool(3, stride: 1, padding: 1) >> FieldOfView(rate: 12, classes: 21));
        Tensor[] scores = [fc8, image | Skip("data", 8), pool1 | Skip("pool1", 4), pool2 | Skip("pool2", 2), pool3 | Skip("pool3", 1), pool4 | Skip("pool4", 1)];
        return Sum(scores);
    }

    static Layer Skip(string name, int stride) => Trained(
        Conv(128, kernel: 3, stride: stride, padding: 1, name: name + "_ms1") >> ReLU >> Dropout(0.5f)
        >> Conv(128, kernel: 1, name: name + "_ms2") >> ReLU >> Dropout(0.5f)
        >> NewScores(21, name + "_ms_fc8"));

    static Tensor Loss(Tensor scores, [Shape(Batch, Any, Any)] Labels label) => SoftmaxCrossEntropy(scores, label, ignoreLabel: 255);

    static (Tensor meanIoU, Tensor pixelAccuracy) Metrics(Tensor scores, [Shape(Batch, Any, Any)] Labels label) =>
        (MeanIoU(scores, label, ignoreLabel: 255), PixelAccuracy(scores, label, ignoreLabel: 255));
}
