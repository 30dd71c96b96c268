using NetDsl.Data.Tests;

namespace NetDsl.App.Tests;

/// <summary>The installed command with the zoo's networks.</summary>
public sealed class NetdslTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void LeNet_trains_on_the_embedded_images_and_is_tested()
    {
        var lines = NetdslProcess.Run(folder.Path, "train", "lenet", "--iterations", "30").Succeeds();
        Assert.Equal("data     embedded, 8000 images to train on, 1000 held out (a part of Fashion-MNIST; for all 70,000 images: apt-get install dataset-fashion-mnist, then --data fashion-mnist)", lines[2]);
        Assert.Matches(@"^accuracy 0\.\d{4}  loss \d\.\d{5}  images 1000$", lines[^1]);
        var tested = NetdslProcess.Run(folder.Path, "test", "LeNet", "--weights", "runs/LeNet/snapshot-00000030.safetensors").Succeeds();
        Assert.Equal(lines[^1], tested[^1]);
    }

    [Fact]
    public void LeNets_layers_are_those_of_Caffe() =>
        Assert.Equal("total 431,080 parameters  2,293,000 MACs", NetdslProcess.Run(folder.Path, "inspect", "LeNet", "--layers").Succeeds()[^1]);

    [Fact]
    public void An_interrupted_run_saves_tells_how_to_go_on_and_goes_on()
    {
        using (var netdsl = NetdslProcess.Start(folder.Path, "train", "LeNet", "--batch", "16", "--iterations", "1000000"))
        {
            netdsl.ReadUntil("iteration 100 ");
            netdsl.Interrupt();
            var lines = netdsl.Finish().Succeeds();
            Assert.Contains("stopping after this iteration; once more to end at once", lines);
            Assert.Matches(@"^stopped at iteration \d+ of 1000000; go on with: train LeNet --resume runs/LeNet$", lines[^1]);
        }

        using var resumed = NetdslProcess.Start(folder.Path, "train", "LeNet", "--resume", "runs/LeNet", "--iterations", "1000000");
        resumed.ReadUntil("iteration 200 ");
    }

    [Fact]
    public void Two_runs_do_not_share_a_folder()
    {
        using var first = NetdslProcess.Start(folder.Path, "train", "LeNet", "--batch", "16", "--iterations", "1000000", "--out", "shared");
        first.ReadUntil("iteration 100 ");
        var second = NetdslProcess.Run(folder.Path, "train", "LeNet", "--iterations", "1", "--out", "shared");
        Assert.Equal(1, second.ExitCode);
        Assert.StartsWith("shared: another run is using this folder", Assert.Single(second.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_ends_with_1_and_wrong_usage_with_2()
    {
        var zoo = typeof(Networks.LeNet).Assembly.GetTypes().Where(static t => t.IsSubclassOf(typeof(Runtime.Network))).Select(static t => t.Name);
        NetdslProcess.Run(folder.Path, "train", "LeNt").Fails(
            1, $"There is no network 'LeNt'. Did you mean LeNet? Networks are {string.Join(", ", zoo.Order(StringComparer.OrdinalIgnoreCase))}.");
        NetdslProcess.Run(folder.Path, "train", "LeNet", "--batch", "0").Fails(2, "--batch takes a whole number of 1 or more, not '0'. Try 'netdsl train --help'.");
    }
}
