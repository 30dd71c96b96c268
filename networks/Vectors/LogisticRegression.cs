namespace NetDsl.Networks;

/// <summary>Logistic regression on four features and two classes: Caffe's <c>examples/hdf5_classification/train_val.prototxt</c>.</summary>
[Network]
public partial class LogisticRegression
{
    static Tensor Forward([Shape(Batch, 4)] Tensor features) => features | LearningRate(Dense(2, name: "fc1"), bias: 2, biasDecay: 0);

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static Tensor Metrics(Tensor scores, [Shape(Batch)] Labels label) => Accuracy(scores, label);
}
