using static NetDsl.Networks.Blocks.InceptionModule;

namespace NetDsl.Networks;

/// <summary>Two Inception modules and an auxiliary head for 32×32 colour images: GoogLeNet's ideas (Szegedy et al. 2014) at the size of CIFAR-10.</summary>
[Network]
public partial class SmallInception
{
    static (Tensor scores, Tensor aux) Forward([Shape(Batch, 3, 32, 32)] Tensor image)
    {
        var stem = image | Conv(32, kernel: 3, padding: 1) | ReLU | MaxPool(3, stride: 2);
        var inception3a = Inception(16, 16, 32, 4, 8, 8);
        var inception3b = Inception(32, 24, 48, 8, 16, 16);
        var middle = stem | inception3a;
        var top = middle | MaxPool(3, stride: 2) | inception3b;
        var aux = middle | AvgPool(5, stride: 3) | Conv(32, kernel: 1, name: "aux.conv") | ReLU | Dense(10, name: "aux.scores");
        return (top | GlobalAvgPool | Dropout(0.4f) | Dense(10, name: "scores"), aux);
    }

    static Tensor Loss(Tensor scores, Tensor aux, [Shape(Batch)] Labels label) =>
        SoftmaxCrossEntropy(scores, label) + 0.3f * SoftmaxCrossEntropy(aux, label);

    static Tensor Metrics(Tensor scores, Tensor aux, [Shape(Batch)] Labels label) => Accuracy(scores, label);
}
