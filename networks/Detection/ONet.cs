namespace NetDsl.Networks;

/// <summary>The output network of MTCNN (Zhang et al. 2016): is the 48×48 window a face, how does its box lie, and where are eyes, nose and mouth?</summary>
[Network]
public partial class ONet
{
    static (Tensor face, Tensor box, Tensor landmarks, Tensor scores) Forward([Shape(Batch, 3, 48, 48)] Tensor image)
    {
        var features = image | Trained(
            Conv(32, kernel: 3, name: "conv1") >> PReLU() >> MaxPool(3, stride: 2)
            >> Conv(64, kernel: 3, name: "conv2") >> PReLU() >> MaxPool(3, stride: 2)
            >> Conv(64, kernel: 3, name: "conv3") >> PReLU() >> MaxPool(2)
            >> Conv(128, kernel: 2, name: "conv4") >> PReLU()
            >> Dense(256, name: "conv5") >> Dropout(0.25f) >> PReLU());
        var scores = features | Trained(Dense(2, name: "conv6-1"));
        return (Softmax(scores), features | Trained(Dense(4, name: "conv6-2")), features | Trained(Dense(10, name: "conv6-3")), scores);
    }

    static Layer Trained(Layer layer) => LearningRate(layer, bias: 2);

    static Tensor Loss(
        Tensor face, Tensor box, Tensor landmarks, [Auxiliary] Tensor scores,
        [Shape(Batch)] Labels label, [Shape(Batch, 4)] Tensor target, [Shape(Batch, 10)] Tensor points) =>
        SoftmaxCrossEntropy(scores, label) + 0.5f * Euclidean(box, target) + Euclidean(landmarks, points);

    static Tensor Metrics(
        Tensor face, Tensor box, Tensor landmarks, Tensor scores,
        [Shape(Batch)] Labels label, [Shape(Batch, 4)] Tensor target, [Shape(Batch, 10)] Tensor points) => Accuracy(scores, label);
}
