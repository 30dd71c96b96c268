namespace NetDsl.Networks;

/// <summary>Logistic regression with one hidden layer of 40 units: Caffe's <c>examples/hdf5_classification/nonlinear_train_val.prototxt</c>.</summary>
[Network]
public partial class NonlinearLogisticRegression
{
    static Tensor Forward([Shape(Batch, 4)] Tensor features) =>
        features | LearningRate(Dense(40, name: "fc1") >> ReLU >> Dense(2, name: "fc2"), bias: 2, biasDecay: 0);

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static Tensor Metrics(Tensor scores, [Shape(Batch)] Labels label) => Accuracy(scores, label);
}
