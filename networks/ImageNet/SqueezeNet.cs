using static NetDsl.Filler;
using static NetDsl.Networks.Blocks.FireModule;

namespace NetDsl.Networks;

/// <summary>SqueezeNet 1.1 (Iandola et al. 2016): AlexNet's accuracy with a fiftieth of its weights.</summary>
[Network]
public partial class SqueezeNet
{
    static Tensor Forward([Shape(Batch, 3, 227, 227)] Tensor image)
    {
        var (fire2, fire3, fire4, fire5) = (Fire(16, 64), Fire(16, 64), Fire(32, 128), Fire(32, 128));
        var (fire6, fire7, fire8, fire9) = (Fire(48, 192), Fire(48, 192), Fire(64, 256), Fire(64, 256));
        return image
            | Conv(64, kernel: 3, stride: 2, name: "conv1") | ReLU | MaxPool(3, stride: 2)
            | fire2 | fire3 | MaxPool(3, stride: 2)
            | fire4 | fire5 | MaxPool(3, stride: 2)
            | fire6 | fire7 | fire8 | fire9 | Dropout(0.5f)
            | Fill(Conv(1000, kernel: 1, name: "conv10"), Gaussian(0.01f)) | ReLU | GlobalAvgPool | Flatten;
    }

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static (Tensor top1, Tensor top5) Metrics(Tensor scores, [Shape(Batch)] Labels label) => (Accuracy(scores, label), Accuracy(scores, label, top: 5));
}
