using NetDsl.Runtime;

namespace NetDsl.Networks.Tests.Conformance;

/// <summary>Single layers on the image that Caffe was given, in both layouts, against the outputs that Caffe computed.</summary>
public class LayerTests
{
    const string Folder = "conformance/layers/";

    [SharedFact(Folder + "blob.npy", Folder + "layer_convolution.npy", Folder + "layer_convolution.caffemodel")]
    public void Convolution() => Check("convolution", static d => new ConvolutionLayer(d, 2), static d => new ConvolutionLayerInChannels(d, 2));

    [SharedFact(Folder + "blob.npy", Folder + "layer_inner_product.npy", Folder + "layer_inner_product.caffemodel")]
    public void Inner_product() => Check("inner_product", static d => new InnerProductLayer(d, 2), static d => new InnerProductLayerInChannels(d, 2));

    [SharedFact(Folder + "blob.npy", Folder + "layer_pooling_max.npy")]
    public void Maximum_pooling() => Check("pooling_max", static d => new MaxPoolLayer(d, 2), static d => new MaxPoolLayerInChannels(d, 2));

    [SharedFact(Folder + "blob.npy", Folder + "layer_pooling_ave.npy")]
    public void Average_pooling() => Check("pooling_ave", static d => new AvgPoolLayer(d, 2), static d => new AvgPoolLayerInChannels(d, 2));

    [SharedFact(Folder + "blob.npy", Folder + "layer_lrn_channels.npy")]
    public void Normalisation_across_channels() => Check("lrn_channels", static d => new LrnLayer(d, 2), static d => new LrnLayerInChannels(d, 2));

    [SharedFact(Folder + "blob.npy", Folder + "layer_softmax.npy")]
    public void Softmax_over_channels() => Check("softmax", static d => new SoftmaxLayer(d, 2), static d => new SoftmaxLayerInChannels(d, 2));

    [SharedFact(Folder + "blob.npy", Folder + "layer_dropout.npy")]
    public void Dropout_in_a_prediction() => Check("dropout", static d => new DropoutLayer(d, 2), static d => new DropoutLayerInChannels(d, 2));

    static void Check(string layer, params Func<Device, Network>[] layouts)
    {
        using var device = Device.Cpu(threads: 2);
        var expected = Npy.Read(Shared.PathOf($"{Folder}layer_{layer}.npy"));
        foreach (var create in layouts)
        {
            using var network = create(device);
            network.Initialize(seed: 1);
            if (network.Definition.Parameters.Count > 0)
            {
                var blobs = CaffeModel.Read(Shared.PathOf($"{Folder}layer_{layer}.caffemodel"))["output"];
                blobs[0].CopyTo(network.Parameters["output.weight"].Data);
                blobs[1].CopyTo(network.Parameters["output.bias"].Data);
            }

            network.SetInput(0, Npy.Read(Shared.PathOf(Folder + "blob.npy")));
            var actual = network.RunPrediction().ToArray();
            Assert.Equal(expected.Length, actual.Length);
            Assert.InRange(expected.Zip(actual, static (a, b) => Math.Abs(a - b)).Max(), 0, 1e-4);
        }
    }
}
