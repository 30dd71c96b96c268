using NetDsl.Runtime;
using NetDsl.Runtime.Checkpoints;
using NetDsl.Tests.Runtime;

namespace NetDsl.Tests.Checkpoints;

public sealed class WeightsTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Device device = Device.Cpu(threads: 1);
    readonly Regression network;

    public WeightsTests() => network = new Regression(device, batch: 16);

    string File => folder.File("weights.safetensors");

    public void Dispose()
    {
        network.Dispose();
        device.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Saved_weights_are_loaded_by_another_instance()
    {
        network.Initialize(3);
        network.Save(File);
        using var other = new Regression(device, batch: 4, training: false);
        other.Load(File);
        Assert.Equal(network.Parameters["dense1.weight"].Data.ToArray(), other.Parameters["dense1.weight"].Data.ToArray());
        other.SetInput(0, RegressionData.Features(1));
        Assert.Equal(1, other.RunPrediction().Length);
    }

    [Fact]
    public void Both_shapes_stand_in_the_error()
    {
        Write(("dense1.weight", [Regression.Features, 1]), ("dense1.bias", [1]));
        var error = Assert.Throws<CheckpointException>(() => network.Load(File));
        Assert.Contains("dense1.weight is [1, 40] in the network and [40, 1] in the file", error.Message, StringComparison.Ordinal);
        Assert.Equal("dense1.weight", error.Tensor);
    }

    [Fact]
    public void Missing_and_unknown_tensors_are_listed_in_one_sentence()
    {
        Write([.. Enumerable.Range(1, 11).Select(i => ($"conv{i}.weight", new[] { 1 }))]);
        Assert.EndsWith(
            "the weights do not fit Regression: the file lacks dense1.weight, dense1.bias; Regression has no " +
            "conv1.weight, conv2.weight, conv3.weight, conv4.weight, conv5.weight, conv6.weight, conv7.weight, conv8.weight and 3 more.",
            Assert.Throws<CheckpointException>(() => network.Load(File)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Fine_tuning_takes_what_fits_and_tells_what_it_left()
    {
        network.Initialize(3);
        var bias = network.Parameters["dense1.bias"].Data.ToArray();
        Write(("dense1.weight", [1, Regression.Features]), ("conv1.weight", [3]));
        Assert.Equal(["dense1.bias"], Weights.LoadMatching(network, File));
        Assert.Equal(0.5f, network.Parameters["dense1.weight"].Data[39]);
        Assert.Equal(bias, network.Parameters["dense1.bias"].Data.ToArray());
    }

    [Fact]
    public void Fine_tuning_from_a_stranger_is_refused()
    {
        Write(("conv1.weight", [3]));
        Assert.Throws<CheckpointException>(() => Weights.LoadMatching(network, File));
    }

    [Fact]
    public void A_damaged_file_changes_no_parameter()
    {
        network.Initialize(3);
        network.Save(File);
        var bytes = System.IO.File.ReadAllBytes(File);
        bytes[^1] ^= 1;
        System.IO.File.WriteAllBytes(File, bytes);
        using var other = new Regression(device, batch: 4);
        other.Initialize(4);
        var before = other.Parameters["dense1.weight"].Data.ToArray();
        Assert.Equal("dense1.bias", Assert.Throws<CheckpointException>(() => other.Load(File)).Tensor);
        Assert.Equal(before, other.Parameters["dense1.weight"].Data.ToArray());
    }

    [Fact]
    public void A_symbolic_link_stays_one()
    {
        network.Initialize(3);
        System.IO.File.CreateSymbolicLink(folder.File("latest"), File);
        network.Save(folder.File("latest"));
        Assert.NotNull(new FileInfo(folder.File("latest")).LinkTarget);
        network.Load(File);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said_so() =>
        Assert.Contains("folder does not exist", Assert.Throws<CheckpointException>(() => { network.Initialize(3); network.Save(folder.File("none/weights.safetensors")); }).Message, StringComparison.Ordinal);

    void Write(params (string Name, int[] Shape)[] tensors) => SafeTensorsWriter.Write(
        File,
        [.. tensors.Select(tensor => new TensorSource(tensor.Name, tensor.Shape, () => Enumerable.Repeat(0.5f, tensor.Shape.Aggregate(1, (a, b) => a * b)).ToArray()))],
        new Dictionary<string, string>());
}
