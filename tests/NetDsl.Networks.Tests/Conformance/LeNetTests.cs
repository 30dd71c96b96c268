using NetDsl.Data;
using NetDsl.Runtime;

namespace NetDsl.Networks.Tests.Conformance;

/// <summary>LeNet with weights that Caffe trained, against the outputs that Caffe computed.</summary>
public class LeNetTests
{
    const string Weights = "conformance/lenet/lenet_iter_10000.ahmdtaha.caffemodel";
    const string Input = "conformance/lenet/lenet_ahmdtaha.input.npy";
    const string Scores = "conformance/lenet/lenet_ahmdtaha.ip2.npy";
    const string Probabilities = "conformance/lenet/lenet_ahmdtaha.loss.npy";

    [SharedFact(Weights, Input, Scores, Probabilities)]
    public void Scores_and_probabilities_are_Caffes()
    {
        using var device = Device.Cpu(threads: 1);
        using var network = Load(device, batch: 10);
        var scores = network.Predict(Npy.Read(Shared.PathOf(Input))).ToArray();

        Close(Npy.Read(Shared.PathOf(Scores)), scores);
        Close(Npy.Read(Shared.PathOf(Probabilities)), [.. scores.Chunk(10).SelectMany(Softmax)]);
    }

    [SharedFact(Weights, "data/mnist/t10k-images-idx3-ubyte.gz", "data/mnist/t10k-labels-idx1-ubyte.gz")]
    public void Accuracy_and_loss_on_the_test_digits_are_Caffes()
    {
        const int Batch = 500;
        var images = IdxReader.Read(Shared.PathOf("data/mnist/t10k-images-idx3-ubyte.gz")).Bytes.ToArray();
        var labels = IdxReader.Read(Shared.PathOf("data/mnist/t10k-labels-idx1-ubyte.gz")).Bytes.ToArray();
        using var device = Device.Cpu(threads: 2);
        using var network = Load(device, Batch);
        var (loss, accuracy) = (0.0, 0.0);
        foreach (var (image, label) in images.Chunk(Batch * 28 * 28).Zip(labels.Chunk(Batch)))
        {
            loss += network.Evaluate([.. image.Select(static pixel => pixel / 256f)], [.. label.Select(static digit => (int)digit)]);
            accuracy += network.Scalar("accuracy");
        }

        Assert.Equal(0.9904, accuracy * Batch / labels.Length, 1e-6);
        Assert.Equal(0.02877, loss * Batch / labels.Length, 1e-5);
    }

    static LeNet Load(Device device, int batch)
    {
        var network = new LeNet(device, batch);
        var layers = CaffeModel.Read(Shared.PathOf(Weights));
        foreach (var (published, own) in new[] { ("conv1", "conv1"), ("conv2", "conv2"), ("ip1", "dense1"), ("ip2", "dense2") })
        {
            layers[published][0].CopyTo(network.Parameters[$"{own}.weight"].Data);
            layers[published][1].CopyTo(network.Parameters[$"{own}.bias"].Data);
        }

        Assert.Equal(LeNet.ParameterCount, layers.Values.SelectMany(static blobs => blobs).Sum(static blob => blob.Length));
        return network;
    }

    static IEnumerable<float> Softmax(float[] scores)
    {
        var largest = scores.Max();
        var sum = scores.Sum(score => Math.Exp(score - largest));
        return scores.Select(score => (float)(Math.Exp(score - largest) / sum));
    }

    static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), static pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-4));
    }
}
