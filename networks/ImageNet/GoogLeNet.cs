using static NetDsl.Filler;
using static NetDsl.Networks.Blocks.InceptionModule;

namespace NetDsl.Networks;

/// <summary>
/// GoogLeNet (Szegedy et al. 2014; Caffe's <c>models/bvlc_googlenet</c>): nine Inception modules and two auxiliary classifiers, which training alone has.
/// </summary>
[Network]
public partial class GoogLeNet
{
    static (Tensor scores, Tensor aux1, Tensor aux2) Forward([Shape(Batch, 3, 224, 224)] Tensor image)
    {
        var (inception3a, inception3b) = (Inception(64, 96, 128, 16, 32, 32), Inception(128, 128, 192, 32, 96, 64));
        var (inception4a, inception4b, inception4c) = (Inception(192, 96, 208, 16, 48, 64), Inception(160, 112, 224, 24, 64, 64), Inception(128, 128, 256, 24, 64, 64));
        var (inception4d, inception4e) = (Inception(112, 144, 288, 32, 64, 64), Inception(256, 160, 320, 32, 128, 128));
        var (inception5a, inception5b) = (Inception(256, 160, 320, 32, 128, 128), Inception(384, 192, 384, 48, 128, 128));
        var (loss1, loss2) = (Head(), Head());

        var x = image | Trained(Stem() >> inception3a >> inception3b >> MaxPool(3, stride: 2) >> inception4a);
        var aux1 = x | loss1;
        x |= Trained(inception4b >> inception4c >> inception4d);
        var aux2 = x | loss2;
        x |= Trained(inception4e >> MaxPool(3, stride: 2) >> inception5a >> inception5b) >> GlobalAvgPool >> Dropout(0.4f) >> Scores();
        return (x, aux1, aux2);
    }

    static Layer Stem() =>
        Conv(64, kernel: 7, stride: 2, padding: 3, name: "conv1") >> ReLU >> MaxPool(3, stride: 2) >> LRN(5, alpha: 1e-4f)
        >> Conv(64, kernel: 1, name: "conv2_reduce") >> ReLU >> Conv(192, kernel: 3, padding: 1, name: "conv2") >> ReLU >> LRN(5, alpha: 1e-4f) >> MaxPool(3, stride: 2);

    static Layer Head() => x => x
        | AvgPool(5, stride: 3) | Trained(Conv(128, kernel: 1, name: "conv") >> ReLU >> Dense(1024, name: "fc") >> ReLU) | Dropout(0.7f) | Scores();

    static Layer Scores() => LearningRate(Dense(1000, name: "classifier"), bias: 2, biasDecay: 0);

    static Layer Trained(Layer layer) => LearningRate(Fill(layer, bias: Constant(0.2f)), bias: 2, biasDecay: 0);

    static Tensor Loss(Tensor scores, [Auxiliary] Tensor aux1, [Auxiliary] Tensor aux2, [Shape(Batch)] Labels label) =>
        SoftmaxCrossEntropy(scores, label) + 0.3f * SoftmaxCrossEntropy(aux1, label) + 0.3f * SoftmaxCrossEntropy(aux2, label);

    static (Tensor top1, Tensor top5) Metrics(Tensor scores, Tensor aux1, Tensor aux2, [Shape(Batch)] Labels label) =>
        (Accuracy(scores, label), Accuracy(scores, label, top: 5));
}
