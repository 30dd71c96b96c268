namespace NetDsl.Networks;

/// <summary>
/// SPPNet on ZF-5 (He et al. 2014; <c>SPP_net/model-defs/Zeiler_conv5</c>): a pyramid of poolings, 6×6 + 3×3 + 2×2 + 1×1 bins, between convolutions and dense layers.
/// </summary>
[Network]
public partial class SppNet
{
    static Tensor Forward([Shape(Batch, 3, 224, 224)] Tensor image)
    {
        var conv5 = image | Trained(
            Conv(96, kernel: 7, stride: 2, padding: 1, name: "conv1") >> ReLU >> Normalize() >> MaxPool(3, stride: 2)
            >> Conv(256, kernel: 5, stride: 2, name: "conv2") >> ReLU >> Normalize() >> MaxPool(3, stride: 2)
            >> Conv(384, kernel: 3, padding: 1, name: "conv3") >> ReLU >> Conv(384, kernel: 3, padding: 1, name: "conv4") >> ReLU
            >> Conv(256, kernel: 3, padding: 1, name: "conv5") >> ReLU);
        var pyramid = new[] { MaxPool(3, stride: 2), MaxPool(5, stride: 4), MaxPool(7), MaxPool(13) }.Select(pool => conv5 | pool | Flatten).ToArray();
        return Concat([.. pyramid.Reverse()]) | Trained(Blocks.Classifier.Hidden4096() >> Dense(1000, name: "fc8"));
    }

    static Layer Normalize() => LRN(3, alpha: 5e-5f, region: LrnRegion.WithinChannel);

    static Layer Trained(Layer layer) => LearningRate(layer, bias: 2, biasDecay: 0);

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static (Tensor top1, Tensor top5) Metrics(Tensor scores, [Shape(Batch)] Labels label) => (Accuracy(scores, label), Accuracy(scores, label, top: 5));
}
