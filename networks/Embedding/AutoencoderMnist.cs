using static NetDsl.Filler;

namespace NetDsl.Networks;

/// <summary>Caffe's deep autoencoder for digits (Hinton and Salakhutdinov 2006; <c>examples/mnist/mnist_autoencoder</c>): 784 pixels through 30 numbers and back.</summary>
[Network]
public partial class AutoencoderMnist
{
    static (Tensor reconstruction, Tensor scores) Forward([Shape(Batch, 1, 28, 28)] Tensor image)
    {
        var encoder = Sparse(1000, "encode1") >> Sigmoid >> Sparse(500, "encode2") >> Sigmoid >> Sparse(250, "encode3") >> Sigmoid >> Sparse(30, "encode4");
        var decoder = Sparse(250, "decode4") >> Sigmoid >> Sparse(500, "decode3") >> Sigmoid >> Sparse(1000, "decode2") >> Sigmoid >> Sparse(784, "decode1");
        var scores = image | encoder | decoder;
        return (Sigmoid(scores), scores);
    }

    static Layer Sparse(int units, string name) => LearningRate(Fill(Dense(units, name: name), SparseGaussian(15)), biasDecay: 0);

    static Tensor Loss(Tensor reconstruction, [Auxiliary] Tensor scores, [Shape(Batch, 1, 28, 28)] Tensor image) => SigmoidCrossEntropy(scores, Flatten(image));

    static Tensor Metrics(Tensor reconstruction, Tensor scores, [Shape(Batch, 1, 28, 28)] Tensor image) => Euclidean(reconstruction, Flatten(image));
}
