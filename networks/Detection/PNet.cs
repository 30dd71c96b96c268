namespace NetDsl.Networks;

/// <summary>The proposal network of MTCNN (Zhang et al. 2016): is there a face in a 12×12 window, and how does its box lie? It learns from windows of that size, and scans images of any other.</summary>
[Network(Height = 12, Width = 12)]
public partial class PNet
{
    static (Tensor face, Tensor box, Tensor scores) Forward([Shape(Batch, 3, Any, Any)] Tensor image)
    {
        var features = image | Trained(
            Conv(10, kernel: 3, name: "conv1") >> PReLU() >> MaxPool(2)
            >> Conv(16, kernel: 3, name: "conv2") >> PReLU() >> Conv(32, kernel: 3, name: "conv3") >> PReLU());
        var scores = features | Trained(Conv(2, kernel: 1, name: "conv4-1"));
        return (Softmax(scores), features | Trained(Conv(4, kernel: 1, name: "conv4-2")), scores);
    }

    static Layer Trained(Layer layer) => LearningRate(layer, bias: 2, biasDecay: 0);

    static Tensor Loss(Tensor face, Tensor box, [Auxiliary] Tensor scores, [Shape(Batch)] Labels label, [Shape(Batch, 4)] Tensor target) =>
        SoftmaxCrossEntropy(Reshape(scores, [2]), label) + 0.5f * Euclidean(Reshape(box, [4]), target);

    static Tensor Metrics(Tensor face, Tensor box, Tensor scores, [Shape(Batch)] Labels label, [Shape(Batch, 4)] Tensor target) => Accuracy(Reshape(scores, [2]), label);
}
