using NetDsl.Runtime;
using static NetDsl.Layers;

namespace NetDsl.Networks.Tests.Conformance;

/// <summary>One layer of batch normalisation with statistics that Caffe gathered, against the output that Caffe computed.</summary>
public class BatchNormTests
{
    const string Weights = "conformance/layers/layer_batch_norm.caffemodel";
    const string Input = "conformance/layers/blob.npy";
    const string Output = "conformance/layers/layer_batch_norm.npy";

    [SharedFact(Weights, Input, Output)]
    public void A_prediction_is_Caffes()
    {
        using var device = Device.Cpu(threads: 1);
        using var network = new BatchNormLayer(device, batch: 2);
        var blobs = CaffeModel.Read(Shared.PathOf(Weights))["output"];
        foreach (var (name, blob) in new[] { "mean", "variance", "factor" }.Zip(blobs))
        {
            blob.CopyTo(network.Parameters[$"output.{name}"].Data);
        }

        var expected = Npy.Read(Shared.PathOf(Output));
        var actual = network.Predict(Npy.Read(Shared.PathOf(Input))).ToArray();
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, static (a, b) => Math.Abs(a - b)).Max(), 0, 1e-4);
    }
}

/// <summary>The one layer of <c>layer_batch_norm.prototxt</c>.</summary>
[Network]
public partial class BatchNormLayer
{
    static Tensor Forward([Shape(Batch, 6, 75, 113)] Tensor input) => input | BatchNorm(name: "output");
}
