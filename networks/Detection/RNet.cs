namespace NetDsl.Networks;

/// <summary>The refinement network of MTCNN (Zhang et al. 2016): is the 24×24 window that PNet proposes a face, and how does its box lie?</summary>
[Network]
public partial class RNet
{
    static (Tensor face, Tensor box, Tensor scores) Forward([Shape(Batch, 3, 24, 24)] Tensor image)
    {
        var features = image | Trained(
            Conv(28, kernel: 3, name: "conv1") >> PReLU() >> MaxPool(3, stride: 2)
            >> Conv(48, kernel: 3, name: "conv2") >> PReLU() >> MaxPool(3, stride: 2)
            >> Conv(64, kernel: 2, name: "conv3") >> PReLU()
            >> Dense(128, name: "conv4") >> PReLU());
        var scores = features | Trained(Dense(2, name: "conv5-1"));
        return (Softmax(scores), features | Trained(Dense(4, name: "conv5-2")), scores);
    }

    static Layer Trained(Layer layer) => LearningRate(layer, bias: 2);

    static Tensor Loss(Tensor face, Tensor box, [Auxiliary] Tensor scores, [Shape(Batch)] Labels label, [Shape(Batch, 4)] Tensor target) =>
        SoftmaxCrossEntropy(scores, label) + 0.5f * Euclidean(box, target);

    static Tensor Metrics(Tensor face, Tensor box, Tensor scores, [Shape(Batch)] Labels label, [Shape(Batch, 4)] Tensor target) => Accuracy(scores, label);
}
